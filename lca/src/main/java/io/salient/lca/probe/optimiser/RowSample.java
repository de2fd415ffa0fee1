package io.salient.lca.probe.optimiser;

import java.util.Arrays;

/**
 * A few rows that stand for many in a weighted sum over rows: those of large weight are all taken,
 * of the others one whenever their running sum has grown by a fixed amount, which then is its
 * weight (systematic sampling with probability proportional to size; Madow, 1949). Nothing in it is
 * random: the same weights give the same rows.
 *
 * @param rows positions, ascending
 * @param weights what each counts
 */
record RowSample(int[] rows, float[] weights) {
  /** Rounds in which rows are found to be too large to be sampled. */
  private static final int ROUNDS = 3;

  /**
   * Samples.
   *
   * @param all weight of each row, at least 0
   * @param wanted about how many rows to take
   */
  static RowSample of(float[] all, int wanted) {
    double amount = wanted < all.length ? amount(all, wanted) : 0;
    int[] rows = new int[all.length];
    float[] weights = new float[all.length];
    int taken = 0;
    double sum = 0.5 * amount;
    for (int i = 0; i < all.length; i++) {
      boolean large = all[i] >= amount;
      sum += large ? 0 : all[i];
      if (all[i] > 0 && (large || sum >= amount)) {
        sum -= large ? 0 : amount;
        rows[taken] = i;
        weights[taken++] = large ? all[i] : (float) amount;
      }
    }
    return new RowSample(Arrays.copyOf(rows, taken), Arrays.copyOf(weights, taken));
  }

  /** What a sampled row counts; rows of at least this weight count themselves. */
  private static double amount(float[] all, int wanted) {
    double amount = Double.POSITIVE_INFINITY;
    for (int round = 0; round <= ROUNDS; round++) {
      int large = 0;
      double rest = 0;
      for (float weight : all) {
        large += weight >= amount ? 1 : 0;
        rest += weight >= amount ? 0 : weight;
      }
      if (large >= wanted) {
        break;
      }
      amount = rest / (wanted - large);
    }
    return amount;
  }
}
