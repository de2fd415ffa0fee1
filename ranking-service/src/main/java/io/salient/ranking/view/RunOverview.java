package io.salient.ranking.view;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * One run in short: what the first screen of the page shows.
 *
 * @param run its name
 * @param position of this answer in the stream of changes, which goes on after it
 * @param baselineStep the step that drift is measured against; null before the first ranking
 * @param checkpoints by step
 * @param concepts those that have a result or are being ranked, by name
 */
public record RunOverview(
    String run,
    String position,
    Long baselineStep,
    List<Checkpoint> checkpoints,
    List<ConceptOverview> concepts) {

  /**
   * One checkpoint; its fields are those of the checkpoints of a run.
   *
   * @param step training step
   * @param stage EXTRACTING, FITTING, RANKED, EVALUATED, FAILED or LOST
   * @param rowsSeen rows that arrived
   * @param rowsTotal rows that will come; 0 when unknown
   * @param truncatedWords words without a row: longer than the position limit
   * @param droppedWords words without a row: no subword
   * @param reason short code when failed or lost
   * @param message one sentence for people
   * @param at when this was so; null when only results are known
   * @param announcedAt when it was announced; null before its first result
   * @param tiers of its work, as they follow each other; empty from a version without tiers
   * @param training what the Trainer logged last; null where it left nothing that can be read
   */
  public record Checkpoint(
      long step,
      String stage,
      int rowsSeen,
      int rowsTotal,
      int truncatedWords,
      int droppedWords,
      String reason,
      String message,
      Instant at,
      Instant announcedAt,
      List<TierView> tiers,
      RunTraining.Logged training) {
    /** Without what its concepts say. */
    public static Checkpoint of(RunView.Step step) {
      return new Checkpoint(
          step.step(),
          step.stage(),
          step.rowsSeen(),
          step.rowsTotal(),
          step.truncatedWords(),
          step.droppedWords(),
          step.reason(),
          step.message(),
          step.at(),
          step.concepts().stream()
              .map(StepConcept::announcedAt)
              .min(Comparator.naturalOrder())
              .orElse(null),
          step.tiers(),
          step.training());
    }
  }

  /**
   * One of all runs.
   *
   * @param run its name
   * @param checkpoints how many there are
   * @param lastStep of the checkpoint furthest in training; null while none is known
   * @param at when anything was last told of it; null when only results are known
   */
  public record Summary(String run, int checkpoints, Long lastStep, Instant at) {}

  /**
   * What changed: a checkpoint, or the row of a concept.
   *
   * @param run training run
   * @param step that changed; null when the row changed as a whole
   * @param baselineStep of the run as it is now
   * @param checkpoint as it is now; null when a row changed, or the checkpoint is gone
   * @param concept the row as it is now, with the point of the step that changed alone; null when a
   *     checkpoint changed
   */
  public record Change(
      String run, Long step, Long baselineStep, Checkpoint checkpoint, ConceptOverview concept) {}
}
