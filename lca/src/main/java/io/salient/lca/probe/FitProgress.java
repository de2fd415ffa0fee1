package io.salient.lca.probe;

/** Hears how far a fit is, and may end it. */
@FunctionalInterface
public interface FitProgress {
  /** Hears nothing and never ends a fit. */
  FitProgress SILENT = (concepts, evaluations) -> true;

  /**
   * Called after every joint evaluation.
   *
   * @param active concepts that have not converged
   * @param evaluations so far
   * @return false to cancel
   */
  boolean goOn(int active, int evaluations);
}
