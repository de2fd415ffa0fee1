package io.salient.lca.evaluation;

import io.salient.lca.ActivationMatrix;
import java.lang.foreign.MemorySegment;

/** Counts the rows that are read. */
final class CountingMatrix implements ActivationMatrix {
  private final ActivationMatrix matrix;
  private int reads;

  CountingMatrix(ActivationMatrix matrix) {
    this.matrix = matrix;
  }

  int reads() {
    return reads;
  }

  @Override
  public int rows() {
    return matrix.rows();
  }

  @Override
  public int width() {
    return matrix.width();
  }

  @Override
  public void read(int row, MemorySegment target) {
    reads++;
    matrix.read(row, target);
  }
}
