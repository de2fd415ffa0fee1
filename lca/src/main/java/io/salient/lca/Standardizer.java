package io.salient.lca;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Mean and standard deviation of every neuron over some words, and their use. One pass over the
 * rows: sums of x - x0 and of (x - x0)^2 in double, x0 being the first row, so that a large mean
 * costs no digits.
 */
public final class Standardizer {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  /** Below this share of its mean a deviation is rounding, not variation. */
  private static final double ROUNDING = 1e-6;

  private static final int STRIPES = 8;

  private final double[] mean;
  private final double[] inverse;

  private Standardizer(double[] mean, double[] inverse) {
    this.mean = mean;
    this.inverse = inverse;
  }

  /** Leaves activations as they are, for parity with NeuroX. */
  public static Standardizer identity(int width) {
    double[] ones = new double[width];
    Arrays.fill(ones, 1);
    return new Standardizer(new double[width], ones);
  }

  /**
   * Measures rows.
   *
   * @param rows corpus word indices, at least one
   */
  public static Standardizer fit(ActivationMatrix matrix, int[] rows) {
    int width = matrix.width();
    float[] origin = new float[width];
    matrix.read(rows[0], MemorySegment.ofArray(origin));
    Sums total =
        IntStream.range(0, STRIPES)
            .parallel()
            .mapToObj(stripe -> sums(matrix, rows, stripe, origin))
            .reduce(new Sums(width), Sums::plus);
    return of(total, origin, rows.length);
  }

  /**
   * Every STRIPES-th row; a fixed division, so that the sums do not depend on the number of
   * threads.
   */
  private static Sums sums(ActivationMatrix matrix, int[] rows, int stripe, float[] origin) {
    Sums sums = new Sums(origin.length);
    float[] row = new float[origin.length];
    MemorySegment target = MemorySegment.ofArray(row);
    for (int i = stripe; i < rows.length; i += STRIPES) {
      matrix.read(rows[i], target);
      for (int d = 0; d < row.length; d++) {
        double x = (double) row[d] - origin[d];
        sums.first[d] += x;
        sums.second[d] += x * x;
      }
    }
    return sums;
  }

  private record Sums(double[] first, double[] second) {
    Sums(int width) {
      this(new double[width], new double[width]);
    }

    Sums plus(Sums other) {
      Sums sum = new Sums(first.length);
      for (int d = 0; d < first.length; d++) {
        sum.first[d] = first[d] + other.first[d];
        sum.second[d] = second[d] + other.second[d];
      }
      return sum;
    }
  }

  private static Standardizer of(Sums sums, float[] origin, int n) {
    double[] mean = new double[origin.length];
    double[] inverse = new double[origin.length];
    for (int d = 0; d < origin.length; d++) {
      double shift = sums.first[d] / n;
      mean[d] = origin[d] + shift;
      double deviation = Math.sqrt(Math.max(0, sums.second[d] / n - shift * shift));
      inverse[d] = deviation <= ROUNDING * Math.abs(mean[d]) || deviation == 0 ? 0 : 1 / deviation;
    }
    return new Standardizer(mean, inverse);
  }

  /** Number of neurons. */
  public int width() {
    return mean.length;
  }

  /** True when the neuron does not vary: its standardised value, and its weight, is 0. */
  public boolean constant(int neuron) {
    return inverse[neuron] == 0;
  }

  /**
   * Reads rows and standardises them.
   *
   * @param target rows.length x D float32, row-major
   */
  public void read(ActivationMatrix matrix, int[] rows, MemorySegment target) {
    long rowBytes = 4L * width();
    IntStream.range(0, rows.length)
        .parallel()
        .forEach(
            i -> {
              MemorySegment row = target.asSlice(i * rowBytes, rowBytes);
              matrix.read(rows[i], row);
              apply(row);
            });
  }

  private void apply(MemorySegment row) {
    for (int d = 0; d < mean.length; d++) {
      row.set(FLOAT, 4L * d, (float) ((row.get(FLOAT, 4L * d) - mean[d]) * inverse[d]));
    }
  }
}
