package io.salient.lca.drift;

import java.util.BitSet;
import java.util.OptionalDouble;
import smile.stat.hypothesis.CorTest;

/**
 * How alike two rankings of the same neurons are. Lists are neuron indices, the most salient first,
 * each neuron at most once.
 */
public final class RankSimilarity {
  /** Share of RBO's weight that is to lie on the first k, see {@link #persistence}. */
  public static final double WEIGHT_ON_TOP = 0.85;

  private RankSimilarity() {}

  /** Jaccard similarity of two sets of distinct neurons, 0 to 1; of two empty ones 1. */
  public static double jaccard(int[] a, int[] b) {
    BitSet common = members(a, a.length);
    common.and(members(b, b.length));
    int shared = common.cardinality();
    int all = a.length + b.length - shared;
    return all == 0 ? 1 : (double) shared / all;
  }

  /** What two random sets of k out of D neurons have on average, nearly: k / (2D - k). */
  public static double jaccardChance(int k, int width) {
    int size = Math.min(k, width);
    return size / (2.0 * width - size);
  }

  /**
   * Extrapolated rank-biased overlap of lists that were cut, possibly to different lengths, 0 to 1
   * (Webber, Moffat and Zobel, ACM TOIS 28(4), 2010, equation 32): beyond its end the shorter list
   * is taken to agree as far as it did before, and beyond both ends the agreement stays. RBO(x, x)
   * = 1. Of two orders of the same neurons nothing is guessed:
   *
   * <p>RBO = A_D p^D + (1 - p)/p * sum over d = 1..D of A_d p^d, with A_d the share that the first
   * d of both have in common.
   *
   * @param a neurons, the most salient first, at least one, each at most once
   * @param b likewise
   * @param p persistence, above 0 and below 1
   */
  public static double rboOfFirst(int[] a, int[] b, double p) {
    if (!(p > 0 && p < 1) || a.length == 0 || b.length == 0) {
      throw new IllegalArgumentException(
          "persistence %s, lists of %d and %d neurons".formatted(p, a.length, b.length));
    }
    int shorter = Math.min(a.length, b.length);
    int longer = Math.max(a.length, b.length);
    BitSet seen = new BitSet();
    double weight = 1 - p;
    double sum = 0;
    int common = 0;
    int commonAtShorter = 0;
    for (int d = 1; d <= longer; d++) {
      common += d <= a.length ? visit(seen, a[d - 1]) : 0;
      common += d <= b.length ? visit(seen, b[d - 1]) : 0;
      double agreement = (double) common / d;
      if (d == shorter) {
        commonAtShorter = common;
      } else if (d > shorter) {
        agreement += (double) commonAtShorter * (d - shorter) / ((double) shorter * d);
      }
      sum += agreement * weight;
      weight *= p;
    }
    double beyond =
        (double) (common - commonAtShorter) / longer + (double) commonAtShorter / shorter;
    return Math.clamp(sum + beyond * Math.pow(p, longer), 0, 1);
  }

  /** 1 when the neuron now stands in both prefixes. */
  private static int visit(BitSet seen, int neuron) {
    if (seen.get(neuron)) {
      return 1;
    }
    seen.set(neuron);
    return 0;
  }

  /**
   * The persistence p at which {@link #WEIGHT_ON_TOP 85 %} of RBO's weight lies on the first k, by
   * bisection of {@link #weightOnTop}: near .9, .98, .99, .998 for k = 10, 50, 100, 500.
   */
  public static double persistence(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1: " + k);
    }
    double low = 0;
    double high = 1;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (weightOnTop(k, middle) > WEIGHT_ON_TOP) {
        low = middle; // the weight on top falls as p grows
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Share of RBO's weight that the first k ranks carry (the same paper, equation 21):
   *
   * <p>1 - p^(k-1) + (1 - p)/p * k * (ln(1/(1 - p)) - sum over i = 1..k-1 of p^i / i).
   */
  public static double weightOnTop(int k, double p) {
    if (p <= 0) {
      return 1;
    }
    if (p >= 1) {
      return 0;
    }
    double tail = -Math.log1p(-p);
    double power = 1;
    for (int i = 1; i < k; i++) {
      power *= p;
      tail -= power / i;
    }
    return 1 - power + (1 - p) / p * k * tail;
  }

  /**
   * Spearman's rank correlation of two score vectors, mean ranks for ties, -1 to 1.
   *
   * @return empty when one side is constant
   */
  public static OptionalDouble spearman(double[] scoresA, double[] scoresB) {
    if (scoresA.length != scoresB.length) {
      throw new IllegalArgumentException(scoresA.length + " scores against " + scoresB.length);
    }
    if (isConstant(scoresA) || isConstant(scoresB)) {
      return OptionalDouble.empty();
    }
    double correlation = CorTest.spearman(scoresA, scoresB).cor;
    return OptionalDouble.of(Math.clamp(correlation, -1, 1));
  }

  private static boolean isConstant(double[] values) {
    for (double value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }

  private static BitSet members(int[] order, int size) {
    BitSet members = new BitSet(order.length);
    for (int place = 0; place < size; place++) {
      members.set(order[place]);
    }
    return members;
  }
}
