package io.salient.lca.probe;

import io.salient.lca.probe.optimiser.Goal;
import io.salient.lca.probe.optimiser.Penalty;
import io.salient.lca.ranking.RankingMethod;

/**
 * What a probe is fitted with.
 *
 * @param l1 weight of the sum of absolute weights
 * @param l2 weight of the sum of squared weights (not half of it), or of their norm: {@link
 *     Penalty}
 * @param standardize whether each neuron is scaled by its own train words; without it constant or
 *     huge neurons are taken as they are
 * @param minLabelCount labels with fewer train words are fitted, but marked as rare
 * @param tolerance the fit ends when its objective is proved to be at most this share above its
 *     minimum, or where no bound is known, when the relative proximal-gradient step is at most this
 * @param maxEvaluations the fit of a concept ends, unconverged, after this many evaluations
 * @param maxLabels concepts with more labels than this are refused
 * @param penalty what l2 is the weight of
 * @param method what neurons are ranked by, which no fit depends on
 */
public record FitSettings(
    double l1,
    double l2,
    boolean standardize,
    int minLabelCount,
    double tolerance,
    int maxEvaluations,
    int maxLabels,
    Penalty penalty,
    RankingMethod method) {
  private static final FitSettings DEFAULTS =
      new FitSettings(
          5e-4,
          1e-4,
          true,
          20,
          5e-4,
          1_000,
          2_000,
          Penalty.ELASTIC_NET,
          RankingMethod.CONTRIBUTION);

  /** Where fits of halves end (METHOD 6.1). */
  private static final double OF_HALVES = 1e-3;

  /** Where fits of control tasks end, of which only the accuracy is wanted. */
  private static final double OF_CONTROLS = 0.1;

  /** Enough for that where a rough goal does not end them before: without l1. */
  private static final int EVALUATIONS_OF_CONTROLS = 30;

  /** Checks that every number is in its range. */
  public FitSettings {
    check("l1", l1, l1 >= 0 && l1 <= Float.MAX_VALUE);
    check("l2", l2, l2 >= 0 && l2 <= Float.MAX_VALUE);
    check("minLabelCount", minLabelCount, minLabelCount >= 0);
    check("tolerance", tolerance, tolerance > 0 && tolerance < 1);
    check("maxEvaluations", maxEvaluations, maxEvaluations >= 1);
    check("maxLabels", maxLabels, maxLabels >= 2);
  }

  /** The defaults: l1 5e-4, l2 1e-4, standardised, ranked by contribution. */
  public static FitSettings defaults() {
    return DEFAULTS;
  }

  /** The same with other penalties. */
  public FitSettings withPenalties(double newL1, double newL2) {
    return new FitSettings(
        newL1,
        newL2,
        standardize,
        minLabelCount,
        tolerance,
        maxEvaluations,
        maxLabels,
        penalty,
        method);
  }

  /** The same with another penalty. */
  public FitSettings withPenalty(Penalty newPenalty) {
    return new FitSettings(
        l1,
        l2,
        standardize,
        minLabelCount,
        tolerance,
        maxEvaluations,
        maxLabels,
        newPenalty,
        method);
  }

  /** The same with or without standardisation. */
  public FitSettings withStandardize(boolean newStandardize) {
    return new FitSettings(
        l1,
        l2,
        newStandardize,
        minLabelCount,
        tolerance,
        maxEvaluations,
        maxLabels,
        penalty,
        method);
  }

  /** The same with another bound below which a label is rare. */
  public FitSettings withMinLabelCount(int newMinLabelCount) {
    return new FitSettings(
        l1,
        l2,
        standardize,
        newMinLabelCount,
        tolerance,
        maxEvaluations,
        maxLabels,
        penalty,
        method);
  }

  /** The same with another method of ranking. */
  public FitSettings withMethod(RankingMethod newMethod) {
    return new FitSettings(
        l1,
        l2,
        standardize,
        minLabelCount,
        tolerance,
        maxEvaluations,
        maxLabels,
        penalty,
        newMethod);
  }

  /** The same with another end. */
  public FitSettings withEnd(double newTolerance, int newMaxEvaluations) {
    return new FitSettings(
        l1,
        l2,
        standardize,
        minLabelCount,
        newTolerance,
        newMaxEvaluations,
        maxLabels,
        penalty,
        method);
  }

  /** The same for fits of halves of the words: to a gap of 1e-3, whatever the tolerance. */
  public FitSettings forHalves() {
    return withEnd(OF_HALVES, maxEvaluations);
  }

  /** When the fit of a concept ends. */
  Goal goal() {
    return new Goal(tolerance, maxEvaluations);
  }

  /**
   * When the fit of a control task ends: roughly, at a gap of 0.1, or the tolerance if larger, or
   * after 30 evaluations.
   */
  Goal goalOfControls() {
    return new Goal(
        Math.max(OF_CONTROLS, tolerance), Math.min(EVALUATIONS_OF_CONTROLS, maxEvaluations), true);
  }

  private static void check(String name, double value, boolean valid) {
    if (!valid) {
      throw new IllegalArgumentException(name + " = " + value + " is out of range");
    }
  }
}
