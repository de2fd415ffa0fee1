package io.salient.lca.probe;

import io.salient.lca.ActivationMatrix;
import io.salient.lca.ScratchSpace;
import io.salient.lca.SplitMix;
import io.salient.lca.Standardizer;
import io.salient.lca.probe.optimiser.TrainRows;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The standardised activations of the train words, in an order that looks random and depends on
 * their positions in the corpus alone: so the first words are a fair sample, and nothing depends on
 * the order in which rows came.
 *
 * @param rows the activations
 * @param words corpus word index of each row
 * @param standardizer what they were standardised with
 * @param bound root mean square of a neuron over these words, of the largest
 */
record TrainWords(TrainRows rows, int[] words, Standardizer standardizer, double bound) {
  private static final long SEED = 0x5A11E47L;

  /** Reads each row once, measuring on the way, then standardises in place. */
  static TrainWords gather(
      ActivationMatrix matrix,
      int[] trainWords,
      boolean standardize,
      ScratchSpace scratch,
      Watch watch) {
    int[] words = shuffled(trainWords);
    int width = matrix.width();
    MemorySegment values = scratch.allocate(4L * words.length * width);
    TrainRows rows = new TrainRows(values, words.length, width);
    Standardizer.Moments moments = new Standardizer.Moments(width);
    for (int first = 0; first < words.length; first += rows.blockRows()) {
      int count = rows.blockCount(first);
      for (int i = first; i < first + count; i++) {
        matrix.read(words[i], values.asSlice(4L * i * width, 4L * width));
      }
      moments.add(rows.block(first), count);
      watch.report(FitProgress.Phase.GATHER, 0.8 * (first + count) / words.length);
    }
    Standardizer measured = moments.standardizer(); // also refuses NaN
    if (!standardize) {
      return new TrainWords(rows, words, Standardizer.identity(width), moments.largest());
    }
    for (int first = 0; first < words.length; first += rows.blockRows()) {
      measured.apply(rows.block(first), rows.blockCount(first));
    }
    return new TrainWords(rows, words, measured, 1);
  }

  /** By a hash of the position. */
  static int[] shuffled(int[] words) {
    long[] keys = Arrays.stream(words).mapToLong(word -> SplitMix.at(SEED + word)).toArray();
    return IntStream.range(0, words.length)
        .boxed()
        .sorted(Comparator.comparingLong((Integer i) -> keys[i]))
        .mapToInt(i -> words[i])
        .toArray();
  }
}
