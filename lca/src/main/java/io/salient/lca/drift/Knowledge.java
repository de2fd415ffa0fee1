package io.salient.lca.drift;

import java.util.Optional;

/**
 * What share of what a probe knew, beyond always saying the commonest label, is lost, and what
 * share only a new probe finds; both with limits by {@link FiellerInterval} over groups of test
 * words.
 *
 * <pre>
 * lost     phi = mean(a - n) / mean(a - j)     FORGOTTEN lower &gt; .5, WEAKENED lower &gt; .1,
 *                                              KEPT upper &lt; .1, otherwise UNDECIDED
 * regained       mean(n - u) / mean(a - j)     re-encoded: lower &gt; .1
 * </pre>
 *
 * @param state what is said
 * @param lost phi; empty with too few groups, or where nothing was known
 * @param regained empty also where the old probe was not applied
 */
public record Knowledge(
    State state, Optional<FiellerInterval> lost, Optional<FiellerInterval> regained) {
  /** With fewer groups nothing is decided. */
  public static final int FEWEST_GROUPS = 10;

  private static final double MOST = 0.5;
  private static final double SOME = 0.1;

  /** What became of what was known. */
  public enum State {
    /** Less than a tenth is lost. */
    KEPT,
    /** More than a tenth is lost. */
    WEAKENED,
    /** More than half is lost. */
    FORGOTTEN,
    /** The test words allow several of these, or are too few. */
    UNDECIDED,
    /** The probe did not do better than the commonest label: there was nothing to lose. */
    NEVER_KNOWN
  }

  /** Judges scores. */
  public static Knowledge of(GroupScores scores) {
    if (scores.groups() < FEWEST_GROUPS) {
      return new Knowledge(State.UNDECIDED, Optional.empty(), Optional.empty());
    }
    double[] known = scores.known();
    Optional<FiellerInterval> lost = FiellerInterval.of(scores.lost(), known);
    Optional<FiellerInterval> regained =
        scores.regained().flatMap(more -> FiellerInterval.of(more, known));
    return new Knowledge(lost.map(Knowledge::state).orElse(State.NEVER_KNOWN), lost, regained);
  }

  private static State state(FiellerInterval lost) {
    if (lost.lower() > MOST) {
      return State.FORGOTTEN;
    }
    if (lost.lower() > SOME) {
      return State.WEAKENED;
    }
    return lost.upper() < SOME ? State.KEPT : State.UNDECIDED;
  }

  /** True when a new probe finds more than a tenth of what was known that the old one does not. */
  public boolean isReencoded() {
    return regained.filter(interval -> interval.lower() > SOME).isPresent();
  }
}
