package io.salient.ranking.api;

import io.salient.ranking.live.ResultStream;
import io.salient.ranking.live.TierView;
import io.salient.schemas.ResultKey;
import io.salient.schemas.avro.DriftAlarm;
import io.salient.schemas.avro.EarlyWarning;
import io.salient.schemas.avro.NeuronClusters;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.SalientNeurons;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
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
    static Status of(RunStatus status, String stage) {
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
          TierView.of(status));
    }
  }

  /** The change under a key, neurons cut to the first few. */
  static ChangeView of(ResultStream results, ResultKey key, int top) {
    return new ChangeView(
        key.text(),
        key.kind().text(),
        key.run(),
        key.concept(),
        key.step(),
        results.record(key).map(record -> value(results, record, top)).orElse(null));
  }

  private static Object value(ResultStream results, SpecificRecord record, int top) {
    return switch (record) {
      case SalientNeurons neurons -> StepView.of(neurons, List.of(), top);
      case ProbeEvaluation evaluation ->
          results
              .neurons(evaluation.getRun(), evaluation.getConcept(), evaluation.getStep())
              .map(neurons -> StepView.of(neurons, List.of(), top))
              .orElse(null);
      case NeuronDrift drift -> CompareView.of(drift);
      case DriftAlarm alarm -> AlarmView.of(alarm);
      case EarlyWarning warning -> EarlyWarningView.of(warning, top);
      case NeuronClusters clusters -> ClustersView.Size.of(clusters);
      case RunStatus status -> Status.of(status, results.stage(status));
      default -> throw new IllegalStateException("no result: " + record.getSchema().getName());
    };
  }
}
