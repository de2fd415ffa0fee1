package io.salient.lca;

/**
 * How the neurons of a model are numbered: index g = layer x H + unit, layer-major.
 *
 * @param layers number of layers, embeddings included
 * @param hiddenSize units per layer H
 */
public record LayerMap(int layers, int hiddenSize) {
  /** Checks that there is at least one neuron. */
  public LayerMap {
    if (layers < 1 || hiddenSize < 1 || (long) layers * hiddenSize > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(layers + " layers of " + hiddenSize + " units");
    }
  }

  /** Number of neurons D. */
  public int width() {
    return layers * hiddenSize;
  }

  /** Layer of a neuron. */
  public int layerOf(int neuron) {
    return neuron / hiddenSize;
  }

  /** Unit of a neuron in its layer. */
  public int unitOf(int neuron) {
    return neuron % hiddenSize;
  }

  /** Layer and unit of a neuron. */
  public NeuronId id(int neuron) {
    return new NeuronId(layerOf(neuron), unitOf(neuron));
  }

  /** Index of a neuron. */
  public int index(NeuronId id) {
    return id.layer() * hiddenSize + id.unit();
  }
}
