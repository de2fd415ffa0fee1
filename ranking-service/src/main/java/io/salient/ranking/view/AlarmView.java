package io.salient.ranking.view;

import io.salient.schemas.avro.AlarmState;
import io.salient.schemas.avro.DriftAlarm;
import java.util.List;

/**
 * The alarm on the drift of one concept from its baseline: raised where the ranking moved at two
 * successive judged steps, cleared where it then did not.
 *
 * @param concept the concept
 * @param raised true while it stands
 * @param step that it was raised at, or cleared at
 * @param checkpointId SHA-256 of the weights at that step
 * @param baselineStep step of the baseline
 * @param baselineCheckpointId checkpoint id of the baseline
 * @param steps at which it stood, ascending
 * @param judgement of the ranking at the last of these steps, or at the step that cleared it
 * @param verdict there; null when there is none
 */
public record AlarmView(
    String concept,
    boolean raised,
    long step,
    String checkpointId,
    long baselineStep,
    String baselineCheckpointId,
    List<Long> steps,
    JudgementView judgement,
    String verdict) {
  /** The view of an alarm. */
  public static AlarmView of(DriftAlarm alarm) {
    return new AlarmView(
        alarm.getConcept(),
        alarm.getState() == AlarmState.RAISED,
        alarm.getStep(),
        alarm.getCheckpointId(),
        alarm.getBaselineStep(),
        alarm.getBaselineCheckpointId(),
        alarm.getSteps(),
        JudgementView.of(alarm.getJudgement()),
        JudgementView.verdict(alarm.getVerdict()));
  }
}
