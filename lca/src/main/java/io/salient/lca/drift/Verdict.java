package io.salient.lca.drift;

/**
 * What the signals say together about a checkpoint against its baseline. Where several hold, the
 * first of this order is said: forgotten, relocated, re-encoded, reordered, stable.
 */
public enum Verdict {
  /** Inside the noise, and the baseline's probe still works. */
  STABLE,
  /** The ranking moved, the baseline's probe still works. */
  REORDERED,
  /** The salient neurons lie in other layers, a new probe works. */
  RELOCATED,
  /** The baseline's probe fails, a new probe works, in the same layers. */
  RE_ENCODED,
  /** A new probe fails too. */
  FORGOTTEN;

  /**
   * What was seen.
   *
   * @param rankingMoved similarity of the rankings is beyond the noise
   * @param layersMoved distance of the layer histograms is beyond the noise
   * @param baselineProbeFails the baseline's probe does worse here than on the baseline
   * @param newProbeFails this checkpoint's own probe does worse than the baseline's did
   */
  public record Signals(
      boolean rankingMoved,
      boolean layersMoved,
      boolean baselineProbeFails,
      boolean newProbeFails) {}

  /** The verdict on some signals. */
  public static Verdict of(Signals signals) {
    if (signals.newProbeFails()) {
      return FORGOTTEN;
    }
    if (signals.layersMoved()) {
      return RELOCATED;
    }
    if (signals.baselineProbeFails()) {
      return RE_ENCODED;
    }
    return signals.rankingMoved() ? REORDERED : STABLE;
  }
}
