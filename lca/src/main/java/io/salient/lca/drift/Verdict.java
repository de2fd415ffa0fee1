package io.salient.lca.drift;

import io.salient.lca.drift.Knowledge.State;
import io.salient.lca.drift.RankingChange.Reason;
import java.util.Optional;

/**
 * What the signals say together about a checkpoint against another. Where several hold, the first
 * of this order is said: forgotten, relocated, re-encoded, weakened, reordered, stable, undecided.
 */
public enum Verdict {
  /** The ranking is stable, and what was known is kept. */
  STABLE,
  /** The ranking moved, the baseline's probe still works. */
  REORDERED,
  /** The salient neurons lie in other layers, a new probe works. */
  RELOCATED,
  /** The baseline's probe fails, a new probe works, in the same layers. */
  RE_ENCODED,
  /** A new probe fails too. */
  FORGOTTEN,
  /** A new probe loses some of what was known. */
  WEAKENED,
  /** The data allow more than one of these. */
  UNDECIDED;

  /**
   * The verdict on some signals.
   *
   * <p>Without a judgement of the ranking there is none, with one exception: between models of
   * other layers, where neurons have no counterpart, place and knowledge speak alone.
   *
   * @return empty where there is none
   */
  static Optional<Verdict> of(
      RankingChange ranking, Optional<LayerDisplacement> place, Optional<Knowledge> knowledge) {
    if (!ranking.isJudged() && ranking.reason() != Reason.OTHER_LAYERS) {
      return Optional.empty();
    }
    State state = knowledge.map(Knowledge::state).orElse(State.UNDECIDED);
    if (state == State.FORGOTTEN) {
      return Optional.of(FORGOTTEN);
    }
    if (place.filter(LayerDisplacement::isRelocated).isPresent()) {
      return Optional.of(RELOCATED);
    }
    if (knowledge.filter(Knowledge::isReencoded).isPresent()) {
      return Optional.of(RE_ENCODED);
    }
    if (state == State.WEAKENED) {
      return Optional.of(WEAKENED);
    }
    return switch (ranking.outcome()) {
      case MOVED -> Optional.of(REORDERED);
      case STABLE -> Optional.of(state == State.KEPT ? STABLE : UNDECIDED);
      case UNDECIDED -> Optional.of(UNDECIDED);
      case NONE -> Optional.empty();
    };
  }
}
