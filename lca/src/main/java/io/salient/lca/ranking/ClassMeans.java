package io.salient.lca.ranking;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Mean activations of the words of each class, from one pass over them. Sums are in double and in
 * the order of the words, so that the same words in the same order give the same bits; unlike those
 * of {@link ClassStatistics} they do not merge exactly, which fits of halves have no use for.
 *
 * <p>Memory: 8 bytes per class and neuron.
 */
public final class ClassMeans {
  private static final int STRIPE = 512;

  private final int[] counts;
  private final double[][] sums;
  private final double[] total;

  private ClassMeans(int[] counts, double[][] sums, double[] total) {
    this.counts = counts;
    this.sums = sums;
    this.total = total;
  }

  /**
   * Measures words.
   *
   * @param rows one row of D float32 per word, row-major
   * @param width neurons D
   * @param classes class of each word, -1 for none: such a word takes no part
   * @param count number of classes
   */
  public static ClassMeans of(MemorySegment rows, int width, int[] classes, int count) {
    int[] counts = new int[count];
    Arrays.stream(classes).filter(c -> c >= 0).forEach(c -> counts[c]++);
    double[][] sums = new double[count][width];
    double[] total = new double[width];
    IntStream.range(0, (width + STRIPE - 1) / STRIPE)
        .parallel()
        .forEach(
            s -> add(rows, classes, sums, total, s * STRIPE, Math.min(width, (s + 1) * STRIPE)));
    return new ClassMeans(counts, sums, total);
  }

  private static void add(
      MemorySegment rows, int[] classes, double[][] sums, double[] total, int from, int to) {
    float[] row = new float[to - from];
    double[][] stripe = new double[sums.length][row.length];
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] >= 0) {
        long offset = 4L * ((long) i * total.length + from);
        MemorySegment.copy(rows, ValueLayout.JAVA_FLOAT_UNALIGNED, offset, row, 0, row.length);
        double[] sum = stripe[classes[i]];
        for (int d = 0; d < row.length; d++) {
          sum[d] += row[d];
        }
      }
    }
    for (int c = 0; c < sums.length; c++) {
      System.arraycopy(stripe[c], 0, sums[c], from, row.length);
      for (int d = 0; d < row.length; d++) {
        total[from + d] += stripe[c][d];
      }
    }
  }

  /** Words of all classes. */
  int words() {
    return Arrays.stream(counts).sum();
  }

  /** Number of neurons D. */
  int width() {
    return total.length;
  }

  /** Share of the words that are of a class, 0 to 1. */
  double share(int c) {
    return (double) counts[c] / words();
  }

  /** True when there are words of a class, and others. */
  boolean isApart(int c) {
    return counts[c] > 0 && counts[c] < words();
  }

  /** mu_c - mu_rest of a neuron, where {@link #isApart}. */
  double difference(int c, int neuron) {
    return sums[c][neuron] / counts[c] - (total[neuron] - sums[c][neuron]) / (words() - counts[c]);
  }
}
