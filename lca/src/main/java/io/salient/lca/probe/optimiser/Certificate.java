package io.salient.lca.probe.optimiser;

/**
 * How near a fit is to its optimum, which is unique in W where l2 > 0.
 *
 * @param objective mean cross-entropy + l1 ||W||_1 + l2 ||W||_F^2, or the norm not squared: {@link
 *     Penalty}
 * @param gap proved bound on how far the objective is above its minimum, as a share of the
 *     objective: {@link DualityGap}; infinite where no bound is known, which is so for NeuroX's
 *     penalty and without any penalty
 * @param relativeStep Euclidean norm of the proximal-gradient step with step size 1, over weights
 *     and biases, divided by max(1, objective); 0 at the optimum
 * @param evaluations how often loss and gradient were evaluated over all words; passes over a part
 *     of the words count as that part
 * @param converged whether the gap, or where there is none the relative step, reached the tolerance
 */
public record Certificate(
    double objective, double gap, double relativeStep, int evaluations, boolean converged) {}
