package io.salient.lca.probe.optimiser;

/**
 * When a fit ends.
 *
 * @param tolerance the fit has converged when its {@link Certificate#gap} is at most this, or,
 *     where no gap is known, its relative step
 * @param maxEvaluations it ends, converged or not, after this many evaluations
 */
public record Goal(double tolerance, int maxEvaluations) {}
