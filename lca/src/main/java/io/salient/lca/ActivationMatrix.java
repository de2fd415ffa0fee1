package io.salient.lca;

import java.lang.foreign.MemorySegment;

/**
 * Activations of a checkpoint: N words x D neurons, some of which may not be there yet. Row =
 * corpus word index.
 */
public interface ActivationMatrix {
  /** Number of words N. */
  int rows();

  /** Number of neurons D. */
  int width();

  /**
   * Copies a row; may be called by several threads at once.
   *
   * @param row corpus word index of a word whose row is there
   * @param target at least 4 D bytes: float32 in native order
   */
  void read(int row, MemorySegment target);
}
