package io.salient.lca;

import java.lang.foreign.MemorySegment;

/**
 * Some neurons of a matrix as a matrix of their own: a view in which column j is neuron neurons[j].
 * Whoever gathers its rows has them side by side, so that products over few neurons cost little.
 */
public final class NeuronColumns implements ActivationMatrix {
  private final ActivationMatrix matrix;
  private final int[] neurons;

  /**
   * A view of a matrix.
   *
   * @param neurons at least one, in any order
   */
  public NeuronColumns(ActivationMatrix matrix, int[] neurons) {
    if (neurons.length == 0) {
      throw new IllegalArgumentException("a matrix without neurons");
    }
    for (int neuron : neurons) {
      if (neuron < 0 || neuron >= matrix.width()) {
        throw new IllegalArgumentException("neuron " + neuron + " of " + matrix.width());
      }
    }
    this.matrix = matrix;
    this.neurons = neurons.clone();
  }

  @Override
  public int rows() {
    return matrix.rows();
  }

  @Override
  public int width() {
    return neurons.length;
  }

  @Override
  public void read(int row, MemorySegment target) {
    matrix.read(row, neurons, target);
  }
}
