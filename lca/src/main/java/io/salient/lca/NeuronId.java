package io.salient.lca;

/**
 * A neuron as people see it.
 *
 * @param layer 0 for the output of the embeddings, l for the output of transformer block l
 * @param unit unit within the layer, from 0
 */
public record NeuronId(int layer, int unit) {
  /** Checks that neither is negative. */
  public NeuronId {
    if (layer < 0 || unit < 0) {
      throw new IllegalArgumentException("layer " + layer + ", unit " + unit);
    }
  }

  /**
   * The neuron's index g.
   *
   * @throws IllegalArgumentException when it is none of the neurons that are looked at
   */
  public int index(LayerMap map) {
    int place = map.numbers().indexOf(layer);
    if (place < 0 || unit >= map.hiddenSize()) {
      throw new IllegalArgumentException(this + " is outside " + map);
    }
    return place * map.hiddenSize() + unit;
  }
}
