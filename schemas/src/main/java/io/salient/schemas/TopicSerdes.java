package io.salient.schemas;

import io.salient.schemas.avro.ActivationBlock;
import io.salient.schemas.avro.CheckpointSaved;
import io.salient.schemas.avro.ClassProbe;
import io.salient.schemas.avro.DriftAlarm;
import io.salient.schemas.avro.EarlyWarning;
import io.salient.schemas.avro.ExtractionFailed;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.NeuronClusters;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.ReplicateRankings;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.SalientNeurons;
import org.apache.avro.specific.SpecificRecord;

/** Which records each topic holds. */
public final class TopicSerdes {
  private TopicSerdes() {}

  /** salient.checkpoints. */
  public static AvroSerde<CheckpointSaved> checkpoints() {
    return AvroSerde.of(CheckpointSaved.class);
  }

  /** salient.activations. */
  public static AvroSerde<SpecificRecord> activations() {
    return AvroSerde.of(ExtractionStarted.class, ActivationBlock.class, ExtractionFailed.class);
  }

  /** salient.probes. */
  public static AvroSerde<SpecificRecord> probes() {
    return AvroSerde.of(
        ClassProbe.class,
        ProbeReport.class,
        ReplicateRankings.class,
        ProbeEvaluation.class,
        EarlyWarning.class,
        NeuronClusters.class,
        RunStatus.class);
  }

  /** salient.results. */
  public static AvroSerde<SpecificRecord> results() {
    return AvroSerde.of(
        SalientNeurons.class,
        NeuronDrift.class,
        DriftAlarm.class,
        ProbeEvaluation.class,
        EarlyWarning.class,
        NeuronClusters.class,
        RunStatus.class);
  }
}
