package io.salient.ranking.live;

import io.salient.ranking.view.CompletedNeurons;
import io.salient.ranking.view.DriftPoint;
import io.salient.ranking.view.StepConcept;
import io.salient.schemas.ResultKey;
import io.salient.schemas.avro.DriftAlarm;
import io.salient.schemas.avro.EarlyWarning;
import io.salient.schemas.avro.NeuronClusters;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.SalientNeurons;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * What is kept of a record, and what is asked of it so often that it is not decoded each time.
 *
 * @param bytes of the record
 * @param change number of the change that brought it
 * @param summary of a ranking; null for any other record
 * @param drift from the baseline; null for any other record
 * @param at of a status, when that was so; null for any other record
 * @param early coverage of an early ranking; null for any other record
 * @param awaitsEvaluation whether the evaluation of a ranking is asked for
 * @param checkpointId of a ranking, an early one or an evaluation; empty for any other record
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares entries
record Entry(
    byte[] bytes,
    long change,
    StepConcept summary,
    DriftPoint drift,
    Instant at,
    Float early,
    boolean awaitsEvaluation,
    String checkpointId) {

  /**
   * What is kept of a record.
   *
   * @throws IllegalArgumentException when the record is not of the key's kind
   */
  static Entry of(ResultKey key, byte[] bytes, SpecificRecord record, long change) {
    if (!expected(key.kind()).isInstance(record)) {
      throw new IllegalArgumentException(
          record.getSchema().getName() + " under a key of kind " + key.kind().text());
    }
    return switch (record) {
      case SalientNeurons neurons ->
          new Entry(
              bytes,
              change,
              StepConcept.of(neurons),
              null,
              null,
              null,
              CompletedNeurons.awaitsEvaluation(neurons),
              neurons.getCheckpointId());
      case NeuronDrift drift when key.kind() == ResultKey.Kind.DRIFT_BASELINE ->
          new Entry(bytes, change, null, DriftPoint.of(drift), null, null, false, "");
      case EarlyWarning early ->
          new Entry(
              bytes, change, null, null, null, early.getCoverage(), false, early.getCheckpointId());
      case ProbeEvaluation evaluation ->
          new Entry(bytes, change, null, null, null, null, false, evaluation.getCheckpointId());
      case RunStatus status ->
          new Entry(bytes, change, null, null, status.getAt(), null, false, "");
      default -> new Entry(bytes, change, null, null, null, null, false, "");
    };
  }

  private static Class<? extends SpecificRecord> expected(ResultKey.Kind kind) {
    return switch (kind) {
      case NEURONS -> SalientNeurons.class;
      case DRIFT_BASELINE, DRIFT_PREVIOUS -> NeuronDrift.class;
      case ALARM -> DriftAlarm.class;
      case EVALUATION -> ProbeEvaluation.class;
      case EARLY_WARNING -> EarlyWarning.class;
      case CLUSTERS -> NeuronClusters.class;
      case STATUS -> RunStatus.class;
    };
  }
}
