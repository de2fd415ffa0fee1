package io.salient.lca.drift;

import java.util.stream.IntStream;
import smile.stat.distribution.TDistribution;

/**
 * Variance of a statistic that is a mean over M random splits of one corpus, and its limits.
 *
 * <p>Splits share their sentences, so that v / M would claim too much: the standard error is sqrt(v
 * (1/M + 1)), after Nadeau and Bengio ("Inference for the Generalization Error", Machine Learning
 * 52, 2003), whose n_test / n_train is 1 for halves.
 *
 * @param value v, variance of one split's term of the linearised statistic, at least 0
 * @param degreesOfFreedom of Student's t, at least 1
 * @param splits M, at least 2
 */
public record SplitVariance(double value, int degreesOfFreedom, int splits) {
  /** Least standard deviation that is believed, unless nothing varies at all. */
  private static final double LEAST = 0.01;

  /** Of each one-sided limit. */
  public static final double LEVEL = 0.95;

  /**
   * Of the terms that the splits contribute.
   *
   * @param terms g_m of mean 0, at least 2
   * @param exact true where no term can vary, so that 0 is believed
   */
  static SplitVariance of(double[] terms, boolean exact) {
    double squares = IntStream.range(0, terms.length).mapToDouble(m -> terms[m] * terms[m]).sum();
    double v = squares / (terms.length - 1);
    return new SplitVariance(
        exact ? v : Math.max(v, LEAST * LEAST), terms.length - 1, terms.length);
  }

  /** Standard error of the statistic. */
  public double error() {
    return Math.sqrt(value * (1.0 / splits + 1));
  }

  /** How far a one-sided limit of {@link #LEVEL} lies from the statistic. */
  public double margin() {
    return t(degreesOfFreedom) * error();
  }

  /** Quantile of Student's t at {@link #LEVEL}. */
  static double t(int degreesOfFreedom) {
    return new TDistribution(degreesOfFreedom).quantile(LEVEL);
  }
}
