package io.salient.ranking.view;

import io.salient.schemas.ResultKey;
import io.salient.schemas.avro.RunStatus;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A key of the results topic whose record changed, with the record as it is now.
 *
 * @param key run/concept/step/kind
 * @param kind neurons, evaluation, drift-baseline, drift-previous, alarm, early-warning, clusters
 *     or status
 * @param run training run
 * @param concept the concept, or - for clusters and a status
 * @param step training step; -1 for an alarm, which is of no single step
 * @param value a StepView without drift for neurons and for an evaluation, which completes it (null
 *     before the ranking is there), a CompareView for a drift, an AlarmView, an EarlyWarningView,
 *     the number of clusters for clusters, a Status for a status; null when the record was removed
 */
public record ChangeView(
    String key,
    String kind,
    String run,
    String concept,
    long step,
    @Schema(
            oneOf = {
              StepView.class,
              CompareView.class,
              AlarmView.class,
              EarlyWarningView.class,
              ClustersView.Size.class,
              ChangeView.Status.class
            })
        Object value) {

  /**
   * What is going on with a checkpoint.
   *
   * @param checkpointId SHA-256 of the weights; empty when it was not reached
   * @param stage EXTRACTING, FITTING, RANKED, EVALUATED, FAILED or LOST
   * @param rowsSeen rows that arrived
   * @param rowsTotal rows that will come; 0 when unknown
   * @param concepts those that are being ranked
   * @param truncatedWords words without a row: longer than the position limit
   * @param droppedWords words without a row: no subword
   * @param reason short code when failed or lost
   * @param message one sentence for people
   * @param at when this was so
   * @param tiers of its work; empty from a version without tiers
   */
  public record Status(
      String checkpointId,
      String stage,
      int rowsSeen,
      int rowsTotal,
      List<String> concepts,
      int truncatedWords,
      int droppedWords,
      String reason,
      String message,
      Instant at,
      List<TierView> tiers) {
    /**
     * The view of a status.
     *
     * @param stage as the results that are there say
     * @param tiers the same
     */
    public static Status of(RunStatus status, String stage, List<TierView> tiers) {
      return new Status(
          status.getCheckpointId(),
          stage,
          status.getRowsSeen(),
          status.getRowsTotal(),
          status.getConcepts(),
          status.getTruncatedWords(),
          status.getDroppedWords(),
          status.getReason(),
          status.getMessage(),
          status.getAt(),
          tiers);
    }
  }

  /**
   * A change.
   *
   * @param value as it is now; null when the record was removed
   */
  public static ChangeView of(ResultKey key, Object value) {
    return new ChangeView(
        key.text(), key.kind().text(), key.run(), key.concept(), key.step(), value);
  }
}
