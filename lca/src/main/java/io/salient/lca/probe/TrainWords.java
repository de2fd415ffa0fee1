package io.salient.lca.probe;

import io.salient.lca.ActivationMatrix;
import io.salient.lca.ScratchSpace;
import io.salient.lca.StandardizedRows;
import io.salient.lca.Standardizer;
import java.lang.foreign.MemorySegment;

/**
 * The standardised activations of the train words, in ascending corpus order, one after the other:
 * matrix products run over contiguous blocks, and nothing depends on the order in which rows came.
 *
 * @param values rows x D float32, row-major, native or mapped
 * @param rows train words
 * @param width neurons D
 */
public record TrainWords(MemorySegment values, int rows, int width) {
  /** Gathered words and what they were standardised with. */
  record Gathered(TrainWords words, Standardizer standardizer) {}

  /** Reads each row once, measuring on the way, then standardises in place. */
  static Gathered gather(
      ActivationMatrix matrix,
      int[] trainRows,
      boolean standardize,
      ScratchSpace scratch,
      Watch watch) {
    int width = matrix.width();
    TrainWords words =
        new TrainWords(scratch.allocate(4L * trainRows.length * width), trainRows.length, width);
    Standardizer.Moments moments = new Standardizer.Moments(width);
    for (int first = 0; first < words.rows; first += words.blockRows()) {
      int count = words.blockCount(first);
      for (int i = first; i < first + count; i++) {
        matrix.read(trainRows[i], words.values.asSlice(4L * i * width, 4L * width));
      }
      moments.add(words.block(first), count);
      watch.report(FitProgress.Phase.GATHER, 0.8 * (first + count) / words.rows);
    }
    Standardizer measured = moments.standardizer(); // also refuses NaN
    if (!standardize) {
      return new Gathered(words, Standardizer.identity(width));
    }
    for (int first = 0; first < words.rows; first += words.blockRows()) {
      measured.apply(words.block(first), words.blockCount(first));
    }
    return new Gathered(words, measured);
  }

  /** Rows of a block: large enough for the kernels' full rate, and bounded in bytes. */
  int blockRows() {
    return StandardizedRows.blockRows(rows, width);
  }

  int blockCount(int first) {
    return Math.min(blockRows(), rows - first);
  }

  MemorySegment block(int first) {
    return values.asSlice(4L * first * width, 4L * blockCount(first) * width);
  }
}
