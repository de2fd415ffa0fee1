package io.salient.lca.ranking;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/**
 * How well a neuron's strongest words are the words of a label. Both measures sort the words by
 * activation, once per neuron for all labels.
 *
 * <p><b>IoU</b> (Mu and Andreas, NeurIPS 2020): |fires and label| / |fires or label|, where a
 * neuron fires on the words of its highest activations, a {@link #FIRES share} of all; words of the
 * same activation as the last of them fire too. Mu and Andreas take a share of 0.005, of pixels;
 * labels of words are more frequent than that.
 *
 * <p><b>Average precision</b>: the mean over the words of a label of the share that the label has
 * among the words of at least their activation. A label of share p has about p by chance.
 *
 * <p>High activations only, as both are defined: a neuron that is low on a label is not found.
 * Scores are from 0 to 1.
 */
public final class OverlapRanker {
  /** Share of the words on which a neuron counts as firing. */
  public static final double FIRES = 0.05;

  /** Neurons whose columns are read together: one cache line of each row and more. */
  private static final int STRIPE = 64;

  private final MemorySegment values;
  private final int[] codes;
  private final int width;
  private final int[] counts;
  private final boolean iou;

  private OverlapRanker(MemorySegment values, int[] codes, int labels, int width, boolean iou) {
    this.values = values;
    this.codes = codes;
    this.width = width;
    this.iou = iou;
    counts = new int[labels];
    Arrays.stream(codes).forEach(code -> counts[code]++);
  }

  /**
   * Intersection over union.
   *
   * @param values one row of D float32 per word, row-major, finite
   * @param codes label of each word, none negative
   * @param done told the share that is done
   */
  public static MethodScores iou(
      MemorySegment values, int[] codes, int labels, int width, DoubleConsumer done) {
    return new OverlapRanker(values, codes, labels, width, true).scores(done);
  }

  /** Average precision; parameters as for {@link #iou}. */
  public static MethodScores averagePrecision(
      MemorySegment values, int[] codes, int labels, int width, DoubleConsumer done) {
    return new OverlapRanker(values, codes, labels, width, false).scores(done);
  }

  private MethodScores scores(DoubleConsumer done) {
    float[][] perLabel = new float[counts.length][];
    for (int label = 0; label < counts.length; label++) {
      perLabel[label] = counts[label] == 0 ? null : new float[width];
    }
    for (int from = 0; from < width; from += STRIPE) {
      int first = from;
      float[][] columns = columns(first, Math.min(width, first + STRIPE));
      IntStream.range(0, columns.length)
          .parallel()
          .forEach(d -> score(columns[d], perLabel, first + d));
      done.accept((double) (first + columns.length) / width);
    }
    return new MethodScores(Optional.empty(), perLabel);
  }

  private float[][] columns(int from, int to) {
    float[][] columns = new float[to - from][codes.length];
    float[] row = new float[to - from];
    for (int i = 0; i < codes.length; i++) {
      long offset = 4L * ((long) i * width + from);
      MemorySegment.copy(values, ValueLayout.JAVA_FLOAT, offset, row, 0, row.length);
      for (int d = 0; d < row.length; d++) {
        columns[d][i] = row[d];
      }
    }
    return columns;
  }

  private void score(float[] column, float[][] perLabel, int neuron) {
    int[] order = NeuronSort.byDescendingValue(column);
    double[] scores = iou ? overlap(column, order) : precision(column, order);
    for (int label = 0; label < counts.length; label++) {
      if (perLabel[label] != null) {
        perLabel[label][neuron] = (float) scores[label];
      }
    }
  }

  private double[] overlap(float[] column, int[] order) {
    int[] hits = new int[counts.length];
    int fires = (int) Math.ceil(FIRES * order.length);
    int end = 0;
    while (end < order.length && (end < fires || tied(column, order, end))) {
      hits[codes[order[end++]]]++;
    }
    double[] scores = new double[counts.length];
    for (int label = 0; label < scores.length; label++) {
      scores[label] = hits[label] / Math.max(1.0, (double) end + counts[label] - hits[label]);
    }
    return scores;
  }

  private double[] precision(float[] column, int[] order) {
    int[] hits = new int[counts.length];
    double[] scores = new double[counts.length];
    int start = 0;
    while (start < order.length) {
      int end = start;
      do {
        hits[codes[order[end++]]]++;
      } while (end < order.length && tied(column, order, end));
      for (int i = start; i < end; i++) { // all of a tie have the precision at its end
        int label = codes[order[i]];
        scores[label] += (double) hits[label] / end / counts[label];
      }
      start = end;
    }
    return scores;
  }

  private static boolean tied(float[] column, int[] order, int place) {
    return place > 0 && column[order[place]] == column[order[place - 1]];
  }
}
