package io.salient.lca.ranking;

/**
 * Many sums side by side, each kept as an unevaluated sum of two doubles, high + low, with high the
 * sum rounded to double (Dekker 1971; Knuth, TAOCP 2, 4.2.2).
 *
 * <p><b>Guarantee.</b> A sum is exact, and then the same bits in any order and in any grouping of
 * additions and merges, as long as every partial sum is a whole multiple, below 2^104, of the
 * smallest unit in the last place among what was added. For n float32 values that holds when their
 * non-zero magnitudes lie within a factor of 2^(80 - log2 n): over 10^18 for a million values. For
 * their squares the factor is 2^((56 - log2 n) / 2): 10^5 for a million. Beyond that, an addition
 * may err by 2^-104 of the partial sum.
 */
final class ExactSums {
  private final double[] high;
  private final double[] low;

  ExactSums(int size) {
    high = new double[size];
    low = new double[size];
  }

  void add(int i, double x) {
    double before = high[i];
    double sum = before + x;
    double part = sum - before;
    double error = (before - (sum - part)) + (x - part) + low[i];
    double rounded = sum + error;
    high[i] = rounded;
    low[i] = error - (rounded - sum);
  }

  void merge(ExactSums other) {
    for (int i = 0; i < high.length; i++) {
      add(i, other.high[i]);
      add(i, other.low[i]);
    }
  }

  /** The sum, rounded to double. */
  double high(int i) {
    return high[i];
  }

  /** What rounding left, at most half a unit in the last place of {@link #high}. */
  double low(int i) {
    return low[i];
  }
}
