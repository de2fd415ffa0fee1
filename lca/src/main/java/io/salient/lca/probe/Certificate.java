package io.salient.lca.probe;

/**
 * How near a fit is to its optimum.
 *
 * @param objective mean cross-entropy + l1 ||W||_1 + l2 ||W||_F^2
 * @param relativeStep Euclidean norm of the proximal-gradient step of unit length, relative to
 *     max(1, objective)
 * @param evaluations of loss and gradient
 * @param converged true when relativeStep reached the tolerance
 */
public record Certificate(
    double objective, double relativeStep, int evaluations, boolean converged) {
  /** Of a fit that did not take place. */
  public static final Certificate NONE = new Certificate(0, 0, 0, false);
}
