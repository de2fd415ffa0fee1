package io.salient.lca.ranking;

import io.salient.lca.ActivationMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What one pass over labelled words tells of every neuron: per label the number of words, the sum
 * and the sum of squares of the activations, over all labels the least and the greatest activation.
 *
 * <p>Statistics of parts of the words {@link #merge} to those of all of them. Counts and extremes
 * are exact, sums in the sense of {@code ExactSums}: any order of rows and merges gives the same
 * bits as long as the activations of a neuron lie within ten to eighteen orders of magnitude (their
 * squares within five, beyond which one part in 2^104 of a square may go).
 *
 * <p>Memory: 32 bytes per neuron and label that occurs.
 */
public final class ClassStatistics {
  /** Below this share of its mean, a float32 neuron's deviation is rounding, not variation. */
  private static final double ROUNDING = 1e-6;

  private static final int STRIPE = 512;
  private static final int BLOCK_BYTES = 16 << 20;

  private final int width;
  private final int[] counts;
  private final ExactSums[] sums;
  private final ExactSums[] squares;
  private final float[] least;
  private final float[] greatest;

  /**
   * Of no words.
   *
   * @param labels number of labels
   * @param width neurons D
   */
  public ClassStatistics(int labels, int width) {
    this.width = width;
    counts = new int[labels];
    sums = new ExactSums[labels];
    squares = new ExactSums[labels];
    least = new float[width];
    greatest = new float[width];
    Arrays.fill(least, Float.POSITIVE_INFINITY);
    Arrays.fill(greatest, Float.NEGATIVE_INFINITY);
  }

  /**
   * Measures rows of a matrix.
   *
   * @param rows corpus word indices
   * @param codes label of each word of the corpus, -1 for none: such a word takes no part
   * @param labels number of labels
   * @throws IllegalArgumentException when an activation is NaN or infinite
   */
  public static ClassStatistics of(ActivationMatrix matrix, int[] rows, int[] codes, int labels) {
    ClassStatistics statistics = new ClassStatistics(labels, matrix.width());
    int[] labelled = Arrays.stream(rows).filter(row -> codes[row] >= 0).toArray();
    long rowBytes = 4L * matrix.width();
    int perBlock = (int) Math.max(1, BLOCK_BYTES / rowBytes);
    try (Arena arena = Arena.ofShared()) {
      MemorySegment block = arena.allocate(perBlock * rowBytes, 64);
      for (int first = 0; first < labelled.length; first += perBlock) {
        int[] part =
            Arrays.copyOfRange(labelled, first, Math.min(labelled.length, first + perBlock));
        for (int i = 0; i < part.length; i++) {
          matrix.read(part[i], block.asSlice(i * rowBytes, rowBytes));
        }
        statistics.add(block, Arrays.stream(part).map(row -> codes[row]).toArray());
      }
    }
    statistics.requireFinite();
    return statistics;
  }

  /**
   * Adds words.
   *
   * @param block one row of D float32 per word, row-major
   * @param codes label of each, none negative
   */
  public void add(MemorySegment block, int[] codes) {
    for (int code : codes) {
      counts[code]++;
      if (sums[code] == null) {
        sums[code] = new ExactSums(width);
        squares[code] = new ExactSums(width);
      }
    }
    IntStream.range(0, (width + STRIPE - 1) / STRIPE)
        .parallel()
        .forEach(s -> addStripe(block, codes, s * STRIPE, Math.min(width, (s + 1) * STRIPE)));
  }

  private void addStripe(MemorySegment block, int[] codes, int from, int to) {
    float[] row = new float[to - from];
    for (int i = 0; i < codes.length; i++) {
      long offset = 4L * ((long) i * width + from);
      MemorySegment.copy(block, ValueLayout.JAVA_FLOAT, offset, row, 0, row.length);
      ExactSums sum = sums[codes[i]];
      ExactSums square = squares[codes[i]];
      for (int d = 0; d < row.length; d++) {
        float x = row[d];
        sum.add(from + d, x);
        square.add(from + d, (double) x * x); // exact: 24 + 24 bits
        least[from + d] = Math.min(least[from + d], x);
        greatest[from + d] = Math.max(greatest[from + d], x);
      }
    }
  }

  /** Takes in the statistics of other words. */
  public void merge(ClassStatistics other) {
    if (other.width != width || other.counts.length != counts.length) {
      throw new IllegalArgumentException(
          "statistics of %d labels and %d neurons do not merge with those of %d and %d"
              .formatted(other.counts.length, other.width, counts.length, width));
    }
    for (int label = 0; label < counts.length; label++) {
      counts[label] += other.counts[label];
      if (other.sums[label] != null) {
        if (sums[label] == null) {
          sums[label] = new ExactSums(width);
          squares[label] = new ExactSums(width);
        }
        sums[label].merge(other.sums[label]);
        squares[label].merge(other.squares[label]);
      }
    }
    for (int d = 0; d < width; d++) {
      least[d] = Math.min(least[d], other.least[d]);
      greatest[d] = Math.max(greatest[d], other.greatest[d]);
    }
  }

  private void requireFinite() {
    for (int d = 0; d < width; d++) {
      if (words() > 0 && !(Float.isFinite(least[d]) && Float.isFinite(greatest[d]))) {
        throw new IllegalArgumentException(
            "neuron " + d + " has NaN or infinite activations among the train words");
      }
    }
  }

  /** Number of neurons D. */
  public int width() {
    return width;
  }

  /** Words of each label; a copy. */
  public int[] counts() {
    return counts.clone();
  }

  /** Words of all labels. */
  public int words() {
    return Arrays.stream(counts).sum();
  }

  /** The labels that have at least so many words, and one at least; ascending. */
  public int[] labels(int minCount) {
    return IntStream.range(0, counts.length)
        .filter(label -> counts[label] >= Math.max(1, minCount))
        .toArray();
  }

  /** Sum of a neuron's activations over the words of a label. */
  public double sum(int label, int neuron) {
    return sums[label] == null ? 0 : sums[label].high(neuron);
  }

  /** Sum of the squares of a neuron's activations over the words of a label. */
  public double sumOfSquares(int label, int neuron) {
    return squares[label] == null ? 0 : squares[label].high(neuron);
  }

  /** Mean activation over the words of a label that occurs. */
  public double mean(int label, int neuron) {
    return sums[label].high(neuron) / counts[label];
  }

  /** Greatest minus least activation of a neuron over all words; 0 when there are none. */
  public double range(int neuron) {
    return words() == 0 ? 0 : (double) greatest[neuron] - least[neuron];
  }

  /** Mean of each neuron over the words of all labels. */
  public double[] means() {
    double[] means = new double[width];
    Arrays.setAll(means, d -> total(sums, d).high(0) / words());
    return means;
  }

  /** 1 / standard deviation of each neuron over the words of all labels, 0 for a constant one. */
  public double[] inverseDeviations() {
    double[] inverse = new double[width];
    double[] means = means();
    for (int d = 0; d < width; d++) {
      double deviation =
          Math.sqrt(squaresAround(total(sums, d), total(squares, d), words()) / words());
      boolean constant = !(deviation > ROUNDING * Math.abs(means[d]));
      inverse[d] = constant ? 0 : 1 / deviation;
    }
    return inverse;
  }

  /**
   * What neurons are multiplied by where their means are compared: 1 / deviation, 0 for a constant
   * one; 1 for all where neurons are compared as they are.
   */
  public double[] scale(boolean standardize) {
    if (standardize && words() > 0) {
      return inverseDeviations();
    }
    double[] ones = new double[width];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** Sum of squared deviations of a neuron from its mean over the words of a label. */
  public double squaresWithin(int label, int neuron) {
    if (counts[label] == 0) {
      return 0;
    }
    ExactSums sum = new ExactSums(1);
    ExactSums square = new ExactSums(1);
    add(sum, sums[label], neuron);
    add(square, squares[label], neuron);
    return squaresAround(sum, square, counts[label]);
  }

  private static ExactSums total(ExactSums[] perLabel, int neuron) {
    ExactSums total = new ExactSums(1);
    for (ExactSums one : perLabel) {
      if (one != null) {
        add(total, one, neuron);
      }
    }
    return total;
  }

  private static void add(ExactSums to, ExactSums from, int neuron) {
    to.add(0, from.high(neuron));
    to.add(0, from.low(neuron));
  }

  /** sum x^2 - (sum x)^2 / n without the cancellation that it is known for: all parts are kept. */
  private static double squaresAround(ExactSums sum, ExactSums square, int n) {
    double s = sum.high(0);
    double product = s * s;
    ExactSums difference = new ExactSums(1); // n times what is wanted
    double scaled = n * square.high(0);
    difference.add(0, scaled);
    difference.add(0, -product);
    difference.add(0, Math.fma(n, square.high(0), -scaled));
    difference.add(0, -Math.fma(s, s, -product));
    difference.add(0, n * square.low(0));
    difference.add(0, -2 * s * sum.low(0));
    return Math.max(0, difference.high(0) / n);
  }
}
