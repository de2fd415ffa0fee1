package io.salient.standalone.system;

import static io.salient.standalone.system.RunOnBroker.PATIENCE;

import io.salient.schemas.AvroSerde;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.avro.ActivationBlock;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.Stage;
import io.salient.schemas.avro.TierState;
import org.apache.avro.specific.SpecificRecord;

/** A moment in the work on a run at which a process is killed, in the order in which they come. */
enum Moment {
  EXTRACTION,
  FITTING,
  BETWEEN_PROBE_AND_RANKING,
  NOISE,
  EVALUATION,
  /** What was done is not done again, and the rest is: one checkpoint is evaluated, one is not. */
  BETWEEN_TWO_EVALUATIONS;

  /** Until the first record tells that it has come. */
  void await(IsolatedSalient salient) {
    try (TopicJudge judge = salient.judge(topic(salient))) {
      judge.await(serde(), SpecificRecord.class, this::isToldBy, PATIENCE);
    }
  }

  /** How many records have told of it so far; none where there is no topic yet. */
  long times(IsolatedSalient salient) {
    if (!new TopicAdmin(salient.bootstrapServers()).exists(topic(salient))) {
      return 0;
    }
    try (TopicJudge judge = salient.judge(topic(salient))) {
      return judge.all().stream()
          .filter(record -> record.value() != null)
          .filter(record -> isToldBy(serde().decode(record.value())))
          .count();
    }
  }

  private String topic(IsolatedSalient salient) {
    return this == EXTRACTION ? salient.topics().activations() : salient.topics().probes();
  }

  private AvroSerde<SpecificRecord> serde() {
    return this == EXTRACTION ? TopicSerdes.activations() : TopicSerdes.probes();
  }

  private boolean isToldBy(SpecificRecord record) {
    return switch (this) {
      case EXTRACTION -> record instanceof ActivationBlock;
      case FITTING -> record instanceof RunStatus status && status.getStage() == Stage.FITTING;
      case BETWEEN_PROBE_AND_RANKING -> record instanceof ProbeReport report && report.getFinal$();
      case NOISE -> isRunning(record, "noise");
      case EVALUATION -> isRunning(record, "evaluation");
      case BETWEEN_TWO_EVALUATIONS -> record instanceof ProbeEvaluation;
    };
  }

  private static boolean isRunning(SpecificRecord record, String tier) {
    return record instanceof RunStatus status
        && status.getTiers().stream()
            .anyMatch(one -> one.getTier().equals(tier) && one.getState() == TierState.RUNNING);
  }
}
