package io.salient.ranking.live;

import io.salient.ranking.view.StepConcept;
import io.salient.ranking.view.TierView;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.Stage;
import io.salient.schemas.avro.TierStatus;
import java.util.Collection;
import java.util.List;

/**
 * How far a checkpoint is, by its status and by the records that are there: they come by different
 * partitions, and what a status tells of must have come too.
 *
 * @param view of the results topic
 */
record StepEnds(ResultView view) {
  private static final String EVALUATED = "EVALUATED";

  /** True when every concept that is to be ranked has its final result. */
  boolean ranked(RunStatus status) {
    if (status.getStage() == Stage.FAILED || status.getStage() == Stage.LOST) {
      return false;
    }
    return !status.getConcepts().isEmpty()
        && status.getConcepts().stream().allMatch(concept -> isFinal(status, concept));
  }

  private boolean isFinal(RunStatus status, String concept) {
    return view.summary(status.getRun(), concept, status.getStep())
        .filter(StepConcept::isFinal)
        .filter(
            summary ->
                status.getCheckpointId().isEmpty()
                    || status.getCheckpointId().equals(summary.checkpointId()))
        .isPresent();
  }

  /** True when all tiers have ended; never by a status without tiers, which does not say. */
  boolean evaluated(RunStatus status) {
    return !status.getTiers().isEmpty()
        && ended(status, status.getTiers().stream().map(TierStatus::getTier).toList());
  }

  /** True when it is ranked and these tiers have ended, where they were asked for. */
  boolean ended(RunStatus status, Collection<String> tiers) {
    return ranked(status)
        && status.getTiers().stream()
            .filter(tier -> tiers.contains(tier.getTier()))
            .allMatch(tier -> ended(status, tier));
  }

  private boolean ended(RunStatus status, TierStatus tier) {
    return switch (tier.getState()) {
      case UNKNOWN, WAITING, RUNNING -> false;
      case DONE, FAILED ->
          !tier.getTier().equals("evaluation")
              || status.getConcepts().stream()
                  .noneMatch(
                      concept -> view.awaitsEvaluation(status.getRun(), concept, status.getStep()));
    };
  }

  /** Its tiers; a status is sent when a fit begins or ends, and early rankings come between. */
  List<TierView> tiers(RunStatus status) {
    return TierView.of(status, view.earlyCoverage(status));
  }

  /** A stage, or EVALUATED. */
  String stage(RunStatus status) {
    if (evaluated(status)) {
      return EVALUATED;
    }
    if (ranked(status)) {
      return Stage.RANKED.name();
    }
    // the final probes are there, their ranking is not yet
    return (status.getStage() == Stage.RANKED ? Stage.FITTING : status.getStage()).name();
  }
}
