package io.salient.lca;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The activations of one checkpoint: a row of D values for each word of the corpus. A port: where
 * they lie is the caller's matter. Rows that are there do not change while a fit runs.
 */
public interface ActivationMatrix {
  /** Words of the corpus, N; a row's number is the word's index in the corpus. */
  int rows();

  /** Neurons D. */
  int width();

  /**
   * Copies one row; called by one thread at a time.
   *
   * @param row a row that is there
   * @param target native memory of exactly 4 x D bytes, receives float32 in native order
   */
  void read(int row, MemorySegment target);

  /**
   * Copies some neurons of one row; called by one thread at a time. Worth overriding where a row
   * need not be read as a whole.
   *
   * @param row a row that is there
   * @param neurons which, in the order wanted
   * @param target receives 4 bytes for each
   */
  default void read(int row, int[] neurons, MemorySegment target) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment whole = arena.allocate(4L * width(), 4);
      read(row, whole);
      for (int i = 0; i < neurons.length; i++) {
        float value = whole.getAtIndex(ValueLayout.JAVA_FLOAT, neurons[i]);
        target.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * i, value);
      }
    }
  }
}
