package io.salient.lca;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How the neurons of a model are numbered: g = place of the layer x H + unit, layer-major. Where
 * only some layers of a model are looked at, people see the model's own numbers of them all the
 * same.
 *
 * @param numbers the model's own number of each layer, ascending; 0 is the embeddings' output
 * @param hiddenSize units per layer H
 */
public record LayerMap(List<Integer> numbers, int hiddenSize) {
  /** Checks the numbers, that there is at least one layer and one unit, and that D fits an int. */
  public LayerMap {
    numbers = List.copyOf(numbers);
    if (numbers.isEmpty()
        || hiddenSize < 1
        || (long) numbers.size() * hiddenSize > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(numbers.size() + " layers of " + hiddenSize + " units");
    }
    int before = -1;
    for (int number : numbers) {
      if (number <= before) {
        throw new IllegalArgumentException("layers " + numbers + " do not ascend from 0 or more");
      }
      before = number;
    }
  }

  /** All layers of a model, embeddings' output included: 13 for BERT-base. */
  public LayerMap(int layers, int hiddenSize) {
    this(IntStream.range(0, layers).boxed().toList(), hiddenSize);
  }

  /** Number of layers that are looked at. */
  public int layers() {
    return numbers.size();
  }

  /** Number of neurons D = layers x H, the width of a row of activations. */
  public int width() {
    return layers() * hiddenSize;
  }

  /** The model's own number of the layer of neuron g. */
  public int layerOf(int neuron) {
    return numbers.get(placeOf(neuron));
  }

  /** Place of the layer of neuron g among those looked at. */
  public int placeOf(int neuron) {
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
