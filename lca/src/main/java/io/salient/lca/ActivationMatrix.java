package io.salient.lca;

import java.lang.foreign.MemorySegment;

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
}
