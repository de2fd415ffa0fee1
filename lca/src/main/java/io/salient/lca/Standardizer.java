package io.salient.lca;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Mean and standard deviation of every neuron over some words, and their use: z = (x - mean) /
 * deviation. One pass over the rows by Welford's recurrence in double, which loses no digits where
 * the mean is large against the deviation. Every neuron's sums run over the rows in their order, so
 * the result has the same bits however many threads share the neurons.
 */
public final class Standardizer {
  /** Below this share of its mean, a float32 neuron's deviation is rounding, not variation. */
  private static final double ROUNDING = 1e-6;

  /** Words outside the train part may lie any number of deviations away; scores stay finite. */
  private static final double LIMIT = 1e6;

  private static final int STRIPE = 512;
  private static final int BLOCK_BYTES = 16 << 20;

  private final double[] mean;
  private final double[] inverse;

  private final boolean limited;

  private Standardizer(double[] mean, double[] inverse, boolean limited) {
    this.mean = mean;
    this.inverse = inverse;
    this.limited = limited;
  }

  /** Leaves activations as they are, for parity with NeuroX. */
  public static Standardizer identity(int width) {
    double[] ones = new double[width];
    Arrays.fill(ones, 1);
    return new Standardizer(new double[width], ones, false);
  }

  /**
   * From rows, in one pass.
   *
   * @param rows corpus word indices, at least one
   * @throws IllegalArgumentException when an activation is NaN or infinite
   */
  public static Standardizer fit(ActivationMatrix matrix, int[] rows) {
    return measure(matrix, rows).standardizer();
  }

  /**
   * Measures rows in one pass.
   *
   * @param rows corpus word indices
   */
  public static Moments measure(ActivationMatrix matrix, int[] rows) {
    Moments moments = new Moments(matrix.width());
    int perBlock = Math.max(1, BLOCK_BYTES / (4 * matrix.width()));
    try (Arena arena = Arena.ofShared()) {
      MemorySegment block = arena.allocate(4L * perBlock * matrix.width(), 64);
      for (int first = 0; first < rows.length; first += perBlock) {
        int count = Math.min(perBlock, rows.length - first);
        for (int i = 0; i < count; i++) {
          matrix.read(rows[first + i], block.asSlice(4L * i * matrix.width(), 4L * matrix.width()));
        }
        moments.add(block, count);
      }
    }
    return moments;
  }

  /** Number of neurons. */
  public int width() {
    return mean.length;
  }

  /** Mean of each neuron; 0 for {@link #identity}. */
  public double[] mean() {
    return mean.clone();
  }

  /** 1 / standard deviation of each neuron, 0 for a constant one. */
  public double[] inverseDeviation() {
    return inverse.clone();
  }

  /** Subtracts the same means and leaves the scale as it is. */
  public Standardizer centring() {
    double[] ones = new double[mean.length];
    Arrays.fill(ones, 1);
    return new Standardizer(mean, ones, false);
  }

  /**
   * Standardises rows in place.
   *
   * @param rows count x D float32, row-major
   */
  public void apply(MemorySegment rows, int count) {
    long rowBytes = 4L * width();
    IntStream.range(0, count)
        .parallel()
        .forEach(row -> applyRow(rows.asSlice(row * rowBytes, rowBytes)));
  }

  private void applyRow(MemorySegment row) {
    float[] values = new float[width()];
    MemorySegment.copy(row, ValueLayout.JAVA_FLOAT, 0, values, 0, values.length);
    for (int d = 0; d < values.length; d++) {
      values[d] = (float) ((values[d] - mean[d]) * inverse[d]);
    }
    if (limited) {
      limit(values);
    }
    MemorySegment.copy(values, 0, row, ValueLayout.JAVA_FLOAT, 0, values.length);
  }

  private static void limit(float[] values) {
    float limit = (float) LIMIT;
    for (int d = 0; d < values.length; d++) {
      values[d] = Math.max(-limit, Math.min(limit, values[d]));
    }
  }

  /** Mean and sum of squared deviations of each neuron over the rows added so far. */
  public static final class Moments {
    private final double[] mean;
    private final double[] squares;
    private long rows;

    /** Of no rows. */
    public Moments(int width) {
      mean = new double[width];
      squares = new double[width];
    }

    /**
     * Adds rows.
     *
     * @param block at least count x D float32, row-major
     */
    public void add(MemorySegment block, int count) {
      int width = mean.length;
      IntStream.range(0, (width + STRIPE - 1) / STRIPE)
          .parallel()
          .forEach(s -> addStripe(block, count, s * STRIPE, Math.min(width, (s + 1) * STRIPE)));
      rows += count;
    }

    private void addStripe(MemorySegment block, int count, int from, int to) {
      double[] m = Arrays.copyOfRange(mean, from, to);
      double[] q = Arrays.copyOfRange(squares, from, to);
      float[] row = new float[to - from];
      for (int i = 0; i < count; i++) {
        long offset = 4L * ((long) i * mean.length + from);
        MemorySegment.copy(block, ValueLayout.JAVA_FLOAT, offset, row, 0, row.length);
        addRow(m, q, row, 1.0 / (rows + i + 1));
      }
      System.arraycopy(m, 0, mean, from, m.length);
      System.arraycopy(q, 0, squares, from, q.length);
    }

    private static void addRow(double[] mean, double[] squares, float[] row, double share) {
      for (int d = 0; d < row.length; d++) {
        double delta = row[d] - mean[d];
        mean[d] += delta * share;
        squares[d] += delta * (row[d] - mean[d]);
      }
    }

    /** Root mean square of a neuron, of the largest. */
    public double largest() {
      double largest = 0;
      for (int d = 0; d < mean.length; d++) {
        largest = Math.max(largest, squares[d] / Math.max(1, rows) + mean[d] * mean[d]);
      }
      return Math.sqrt(largest);
    }

    /**
     * What was measured.
     *
     * @throws IllegalArgumentException when an activation was NaN or infinite
     */
    public Standardizer standardizer() {
      double[] inverse = new double[mean.length];
      for (int d = 0; d < mean.length; d++) {
        if (!Double.isFinite(squares[d]) || !Double.isFinite(mean[d])) {
          throw new IllegalArgumentException(
              "neuron " + d + " has NaN or infinite activations among the train words");
        }
        double deviation = Math.sqrt(squares[d] / Math.max(1, rows));
        boolean constant = deviation == 0 || deviation <= ROUNDING * Math.abs(mean[d]);
        inverse[d] = constant ? 0 : 1 / deviation;
      }
      return new Standardizer(mean.clone(), inverse, true);
    }
  }
}
