package io.salient.lca.probe;

/** Watches a fit and may end it. Called by one thread at a time, while the fit's caller waits. */
public interface FitProgress {
  /** What a fit does one after the other. */
  enum Phase {
    /** Train words are gathered and standardised. */
    GATHER,
    /** The probes are optimised. */
    FIT,
    /** The probes are measured on dev and test words. */
    EVALUATE,
    /** The probes are put to further evaluations, some of which fit probes of their own. */
    ANALYSE
  }

  /** Watches nothing. */
  FitProgress NONE = (phase, fraction) -> true;

  /**
   * Called after each block of rows or evaluation.
   *
   * @param fraction how much of the phase is done, 0 to 1, not decreasing; an estimate for FIT and
   *     ANALYSE
   * @return false to end the fit with a {@link FitCancelledException}
   */
  boolean report(Phase phase, double fraction);
}
