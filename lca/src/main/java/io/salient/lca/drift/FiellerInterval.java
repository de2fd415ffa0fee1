package io.salient.lca.drift;

import java.util.Optional;
import smile.stat.distribution.TDistribution;

/**
 * Limits of a ratio of two means that are measured on the same N groups (Fieller, "Some Problems in
 * Interval Estimation", Journal of the Royal Statistical Society B 16, 1954): the roots z of
 *
 * <pre>
 * (X^2 - t^2 Vxx) z^2 - 2 (X Y - t^2 Vxy) z + (Y^2 - t^2 Vyy) = 0
 * </pre>
 *
 * <p>with X and Y the means, V variances and covariance of the means, and t = t(.95; N - 1): each
 * limit is missed in 5 %.
 *
 * @param ratio Y / X
 * @param lower the smaller root
 * @param upper the larger root
 */
public record FiellerInterval(double ratio, double lower, double upper) {
  /** Of each one-sided limit. */
  private static final double LEVEL = SplitVariance.LEVEL;

  /**
   * Of the ratio of the means of y and x.
   *
   * @param y numerator, by group; at least two groups
   * @param x denominator, by group
   * @return empty when the mean of x cannot be told from 0, or is below it: any ratio would fit
   */
  public static Optional<FiellerInterval> of(double[] y, double[] x) {
    if (y.length != x.length || y.length < 2) {
      throw new IllegalArgumentException(y.length + " and " + x.length + " groups");
    }
    double t = new TDistribution(y.length - 1).quantile(LEVEL);
    double meanX = SplitSimilarities.mean(x);
    double meanY = SplitSimilarities.mean(y);
    double a = meanX * meanX - t * t * covariance(x, x);
    if (meanX <= 0 || a <= 0) {
      return Optional.empty();
    }
    double b = meanX * meanY - t * t * covariance(x, y);
    double c = meanY * meanY - t * t * covariance(y, y);
    double root = Math.sqrt(Math.max(0, b * b - a * c));
    return Optional.of(new FiellerInterval(meanY / meanX, (b - root) / a, (b + root) / a));
  }

  /** Of the means: that of the groups over their number. */
  private static double covariance(double[] u, double[] v) {
    double meanU = SplitSimilarities.mean(u);
    double meanV = SplitSimilarities.mean(v);
    double sum = 0;
    for (int i = 0; i < u.length; i++) {
      sum += (u[i] - meanU) * (v[i] - meanV);
    }
    return sum / (u.length - 1) / u.length;
  }
}
