package io.salient.lca.probe;

import io.salient.lca.ActivationMatrix;
import io.salient.lca.ScratchSpace;
import io.salient.lca.Standardizer;
import io.salient.lca.probe.optimiser.TrainRows;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The train words of a checkpoint, measured and left where they are: for fits over parts of them,
 * which are standardised by all.
 *
 * @param matrix where they are
 * @param words corpus word indices, in {@link TrainWords}' order
 * @param standardizer by all of them
 * @param bound root mean square of a neuron over these words, of the largest
 */
record MeasuredWords(
    ActivationMatrix matrix, int[] words, Standardizer standardizer, double bound) {

  /** Reads each row once. */
  static MeasuredWords of(ActivationMatrix matrix, int[] trainWords, boolean standardize) {
    int[] words = TrainWords.shuffled(trainWords);
    Standardizer.Moments moments = Standardizer.measure(matrix, words);
    Standardizer measured = moments.standardizer(); // also refuses NaN
    return standardize
        ? new MeasuredWords(matrix, words, measured, 1)
        : new MeasuredWords(
            matrix, words, Standardizer.identity(matrix.width()), moments.largest());
  }

  /**
   * Some of the words, copied and standardised.
   *
   * @param chosen positions in {@link #words}, in the order wanted
   */
  TrainWords some(int[] chosen, ScratchSpace scratch) {
    long rowBytes = 4L * matrix.width();
    MemorySegment values = scratch.allocate(rowBytes * chosen.length);
    for (int i = 0; i < chosen.length; i++) {
      matrix.read(words[chosen[i]], values.asSlice(rowBytes * i, rowBytes));
    }
    standardizer.apply(values, chosen.length);
    return new TrainWords(
        new TrainRows(values, chosen.length, matrix.width()),
        Arrays.stream(chosen).map(i -> words[i]).toArray(),
        standardizer,
        bound * Math.sqrt((double) words.length / chosen.length));
  }
}
