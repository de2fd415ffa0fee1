package io.salient.lca.probe;

/**
 * How near a fit is to its optimum, which is unique in W where l2 > 0.
 *
 * @param objective mean cross-entropy + l1 ||W||_1 + l2 ||W||_F^2, or the norm not squared: {@link
 *     Penalty}
 * @param relativeStep Euclidean norm of the proximal-gradient step with step size 1, over weights
 *     and biases, divided by max(1, objective); 0 at the optimum
 * @param evaluations how often loss and gradient were evaluated
 * @param converged whether relativeStep reached the tolerance
 */
public record Certificate(
    double objective, double relativeStep, int evaluations, boolean converged) {}
