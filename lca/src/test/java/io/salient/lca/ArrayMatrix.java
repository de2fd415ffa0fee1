package io.salient.lca;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Activations in an array, for tests. */
public record ArrayMatrix(float[][] values) implements ActivationMatrix {
  @Override
  public int rows() {
    return values.length;
  }

  @Override
  public int width() {
    return values[0].length;
  }

  @Override
  public void read(int row, MemorySegment target) {
    MemorySegment.copy(values[row], 0, target, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, width());
  }
}
