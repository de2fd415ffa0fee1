package io.salient.lca.probe.optimiser;

/**
 * When a fit ends.
 *
 * @param tolerance the fit has converged when its {@link Certificate#gap} is at most this, or,
 *     where no gap is known, its relative step
 * @param maxEvaluations it ends, converged or not, after this many evaluations
 * @param rough whether only the accuracy of the answer is wanted, as of a control task: with l1 it
 *     ends after {@link #ROUGH_ITERATIONS} over all words
 */
public record Goal(double tolerance, int maxEvaluations, boolean rough) {
  /**
   * On real activations of 2,688 neurons the accuracy of control tasks is then .0001 from the
   * optimum's, on average over nine draws, where that of one draw on 5,000 words has a standard
   * error of .0065.
   */
  static final int ROUGH_ITERATIONS = 5;

  /** To the tolerance. */
  public Goal(double tolerance, int maxEvaluations) {
    this(tolerance, maxEvaluations, false);
  }
}
