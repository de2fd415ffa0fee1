package io.salient.lca.probe;

/**
 * Settings of a fit; the defaults are METHOD's.
 *
 * @param l1 weight of ||W||_1, at least 0
 * @param l2 weight of ||W||_F^2, at least 0
 * @param standardize scale every neuron by mean and deviation of the train words
 * @param minLabelCount labels with fewer train words take no part in rankings over all labels
 * @param tolerance relative proximal-gradient step at which a fit has converged
 * @param maxEvaluations evaluations after which a fit ends unconverged
 * @param maxLabels labels that one concept may have
 */
public record FitSettings(
    double l1,
    double l2,
    boolean standardize,
    int minLabelCount,
    double tolerance,
    int maxEvaluations,
    int maxLabels) {
  /** The defaults. */
  public static final FitSettings DEFAULT = new FitSettings(5e-4, 1e-4, true, 20, 1e-4, 400, 2_000);

  /** Checks the ranges. */
  public FitSettings {
    if (!(l1 >= 0) || !(l2 >= 0) || !(tolerance > 0) || maxEvaluations < 1) {
      throw new IllegalArgumentException(
          "l1 and l2 are at least 0, tolerance above 0, evaluations at least 1: "
              + l1
              + ", "
              + l2
              + ", "
              + tolerance);
    }
  }
}
