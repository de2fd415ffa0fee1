package io.salient.lca.probe.optimiser;

/**
 * What is minimised: mean cross-entropy + l1 ||W||_1 + l2 ||W||_F^2, or with the norm of W not
 * squared. Biases are not penalised.
 *
 * @param l1 weight of the sum of absolute weights
 * @param l2 weight of the sum of squared weights (not half of it), or of their norm
 * @param penalty which of both
 */
public record Objective(double l1, double l2, Penalty penalty) {}
