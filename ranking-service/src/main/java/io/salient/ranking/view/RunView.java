package io.salient.ranking.view;

import java.time.Instant;
import java.util.List;

/**
 * One training run as it stands.
 *
 * @param run its name
 * @param concepts what is ranked, by name
 * @param baselineStep the step that drift is measured against: the lowest one announced as
 *     baseline, else the lowest ranked; null before the first ranking
 * @param steps its checkpoints, by step
 */
public record RunView(String run, List<String> concepts, Long baselineStep, List<Step> steps) {
  /**
   * One checkpoint.
   *
   * @param step training step
   * @param checkpointId SHA-256 of the weights; empty when it was not reached
   * @param stage EXTRACTING, FITTING, RANKED (every concept has its final ranking), EVALUATED (so
   *     have all tiers that were asked for), FAILED or LOST
   * @param rowsSeen rows that arrived
   * @param rowsTotal rows that will come; 0 when unknown
   * @param truncatedWords words without a row: longer than the position limit
   * @param droppedWords words without a row: no subword
   * @param reason short code when failed or lost
   * @param message one sentence for people
   * @param at when this was so; null when only results are known
   * @param tiers of its work, as they follow each other; empty from a version without tiers
   * @param training what the Trainer logged last; null where it left nothing that can be read
   * @param concepts those with a result, by name
   */
  public record Step(
      long step,
      String checkpointId,
      String stage,
      int rowsSeen,
      int rowsTotal,
      int truncatedWords,
      int droppedWords,
      String reason,
      String message,
      Instant at,
      List<TierView> tiers,
      RunTraining.Logged training,
      List<StepConcept> concepts) {}
}
