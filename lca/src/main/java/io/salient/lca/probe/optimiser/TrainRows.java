package io.salient.lca.probe.optimiser;

import io.salient.lca.StandardizedRows;
import java.lang.foreign.MemorySegment;

/**
 * The standardised activations of the train words in a random order, one row after the other:
 * matrix products run over contiguous blocks, and the first rows are a fair sample of all.
 *
 * @param values rows x D float32, row-major, native or mapped
 * @param rows train words
 * @param width neurons D
 */
public record TrainRows(MemorySegment values, int rows, int width) {
  /** Rows of a block: large enough for the kernels' full rate, and bounded in bytes. */
  public int blockRows() {
    return StandardizedRows.blockRows(rows, width);
  }

  /** Rows of the block that starts at a row. */
  public int blockCount(int first) {
    return Math.min(blockRows(), rows - first);
  }

  /** The block that starts at a row, without a copy. */
  public MemorySegment block(int first) {
    return values.asSlice(4L * first * width, 4L * blockCount(first) * width);
  }

  /** The first rows alone, without a copy. */
  TrainRows first(int count) {
    return new TrainRows(values.asSlice(0, 4L * count * width), count, width);
  }
}
