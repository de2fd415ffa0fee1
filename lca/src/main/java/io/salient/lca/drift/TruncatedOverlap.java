package io.salient.lca.drift;

import java.util.HashSet;
import java.util.Set;

/**
 * Rank-biased overlap of lists that are cut at rank k, written as an inner product of lists
 * (Webber, Moffat, Zobel, ACM TOIS 28(4), 2010, for the weights):
 *
 * <pre>
 * w_d = (1 - p) p^(d-1) for d = 1..k, w_k also gets p^k        weights of the depths, sum 1
 * K(a, b) = sum over d = 1..k of w_d / d * (neurons that the first d of both share)
 * s(a, b) = K(a, b) / sqrt(K(a, a) K(b, b))
 * </pre>
 *
 * <p>K is a sum of inner products of indicator vectors with positive weights, so that every matrix
 * of K and of s is positive semi-definite; a neuron at ranks r and q adds the sum of w_d / d from d
 * = max(r, q) on. s is 0 to 1, s(a, a) = 1. Of two lists of k neurons it equals {@link
 * RankSimilarity#rboOfFirst}; shorter lists are not extrapolated. Two empty lists are alike (1), an
 * empty and another one are not (0).
 */
public final class TruncatedOverlap {
  /** By depth d from 1, w_d / d. */
  private final double[] weights;

  private TruncatedOverlap(double[] weights) {
    this.weights = weights;
  }

  /**
   * Of lists of at most k neurons, with the persistence that puts {@link
   * RankSimilarity#WEIGHT_ON_TOP} of the weight on them.
   *
   * @param k at least 1
   */
  public static TruncatedOverlap ofFirst(int k) {
    double p = RankSimilarity.persistence(k);
    double[] weights = new double[k + 1];
    for (int d = 1; d <= k; d++) {
      weights[d] = (1 - p) * Math.pow(p, d - 1.0) / d;
    }
    weights[k] += Math.pow(p, k) / k;
    return new TruncatedOverlap(weights);
  }

  /** The most neurons k that a list may have. */
  public int k() {
    return weights.length - 1;
  }

  /**
   * s(a, b), 0 to 1.
   *
   * @param a distinct neurons, the most salient first, at most k
   * @param b likewise
   * @throws IllegalArgumentException when a list is longer than k
   */
  public double similarity(int[] a, int[] b) {
    if (a.length == 0 || b.length == 0) {
      return a.length == b.length ? 1 : 0;
    }
    double norms = Math.sqrt(squaredNorm(a) * squaredNorm(b));
    return Math.min(1, innerProduct(a, b) / norms);
  }

  /** K(a, b), at least 0; exactly K(b, a), as all that is counted is whole. */
  double innerProduct(int[] a, int[] b) {
    checkLength(a);
    checkLength(b);
    Set<Integer> seen = HashSet.newHashSet(a.length + b.length);
    double sum = 0;
    int common = 0;
    for (int d = 1; d <= k(); d++) {
      common += d <= a.length && !seen.add(a[d - 1]) ? 1 : 0;
      common += d <= b.length && !seen.add(b[d - 1]) ? 1 : 0;
      sum += weights[d] * common;
    }
    return sum;
  }

  private double squaredNorm(int[] list) {
    double sum = 0;
    for (int d = 1; d <= k(); d++) {
      sum += weights[d] * Math.min(d, list.length);
    }
    return sum;
  }

  private void checkLength(int[] list) {
    if (list.length > k()) {
      throw new IllegalArgumentException("a list of %d, at most %d".formatted(list.length, k()));
    }
  }
}
