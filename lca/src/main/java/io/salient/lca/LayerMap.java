package io.salient.lca;

/**
 * How the neurons of a model are numbered: g = layer x H + unit, layer-major.
 *
 * @param layers number of layers, the embeddings' output included as layer 0: 13 for BERT-base
 * @param hiddenSize units per layer H
 */
public record LayerMap(int layers, int hiddenSize) {
  /** Checks that there is at least one layer and one unit and that D fits an int. */
  public LayerMap {
    if (layers < 1 || hiddenSize < 1 || (long) layers * hiddenSize > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(layers + " layers of " + hiddenSize + " units");
    }
  }

  /** Number of neurons D = layers x H, the width of a row of activations. */
  public int width() {
    return layers * hiddenSize;
  }

  /** Layer of neuron g. */
  public int layerOf(int neuron) {
    return checked(neuron) / hiddenSize;
  }

  /** Unit of neuron g within its layer. */
  public int unitOf(int neuron) {
    return checked(neuron) % hiddenSize;
  }

  /** Layer and unit of neuron g. */
  public NeuronId neuron(int index) {
    return new NeuronId(layerOf(index), unitOf(index));
  }

  private int checked(int neuron) {
    if (neuron < 0 || neuron >= width()) {
      throw new IllegalArgumentException("neuron " + neuron + " of " + width());
    }
    return neuron;
  }
}
