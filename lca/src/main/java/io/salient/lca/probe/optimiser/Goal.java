package io.salient.lca.probe.optimiser;

/**
 * When a fit ends.
 *
 * @param tolerance the fit has converged when its {@link Certificate#gap} is at most this, or,
 *     where no gap is known, its relative step
 * @param maxEvaluations it ends, converged or not, after this many evaluations
 */
public record Goal(double tolerance, int maxEvaluations) {
  private static final double ROUGH = 0.05;

  /** Whether a rough answer will do, such as the accuracy of a control task. */
  boolean rough() {
    return tolerance >= ROUGH;
  }
}
