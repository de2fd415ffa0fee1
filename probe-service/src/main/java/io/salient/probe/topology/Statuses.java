package io.salient.probe.topology;

import io.salient.schemas.avro.ConceptInfo;
import io.salient.schemas.avro.ExtractionFailed;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.Stage;
import io.salient.schemas.avro.TierState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Tells people what is going on with a checkpoint. */
final class Statuses {
  static final String LOST = "activations.expired";

  static final String EXPIRED =
      "its activations were removed from the log before it was fitted: announce the checkpoint"
          + " again with again=true (POST /checkpoints) or raise"
          + " salient.topics.activations-retention-bytes";

  private final ProcessorContext<Object, Object> context;
  private final Set<String> wanted;
  private final TierStates tiers;

  Statuses(ProcessorContext<Object, Object> context, Set<String> wanted, TierStates tiers) {
    this.context = context;
    this.wanted = wanted;
    this.tiers = tiers;
  }

  /** Indices of a checkpoint's concepts that this deployment fits. */
  static List<Integer> fitted(ExtractionStarted started, Set<String> wanted) {
    return IntStream.range(0, started.getConcepts().size())
        .filter(i -> wanted.isEmpty() || wanted.contains(started.getConcepts().get(i).getName()))
        .boxed()
        .toList();
  }

  /**
   * Rows are coming.
   *
   * @param need what it takes on disk, for people
   */
  void extracting(ExtractionStarted started, int rows, String need, long timestamp) {
    String estimate = estimate(started);
    String message = estimate.isEmpty() ? need : estimate + "; " + need;
    send(started, Stage.EXTRACTING, rows, "", message, timestamp);
  }

  /** What the extractor expects of it; empty when it said nothing. */
  private static String estimate(ExtractionStarted started) {
    if (started.getEstimatedBytes() == 0) {
      return "";
    }
    String time =
        started.getEstimatedSeconds() == 0
            ? ""
            : String.format(Locale.ROOT, ", about %.0f s", started.getEstimatedSeconds());
    return String.format(
        Locale.ROOT,
        "%,d words x %,d neurons, %.1f MB%s",
        started.getRows(),
        started.getLayers() * started.getHiddenSize(),
        started.getEstimatedBytes() / 1e6,
        time);
  }

  void fitting(ExtractionStarted started, long timestamp) {
    send(started, Stage.FITTING, started.getRows(), "", "", timestamp);
  }

  /** The same with how far it is, in percent. */
  void fitting(ExtractionStarted started, int percent, long timestamp) {
    send(started, Stage.FITTING, started.getRows(), "", percent + " % done", timestamp);
  }

  /** The final probes are there; what of the tiers after them runs now, and how far it is. */
  void ranked(ExtractionStarted started, long timestamp) {
    if (fitted(started, wanted).isEmpty()) {
      return; // another deployment ranks it
    }
    String running =
        tiers.of(started).stream()
            .filter(tier -> tier.getState() == TierState.RUNNING)
            .map(tier -> tier.getTier() + ", " + tier.getPercent() + " % done")
            .findFirst()
            .orElse("");
    send(started, Stage.RANKED, started.getRows(), "", running, timestamp);
  }

  void lost(ExtractionStarted started, long timestamp) {
    send(started, Stage.LOST, 0, LOST, EXPIRED, timestamp);
  }

  void failed(ExtractionStarted started, String message, long timestamp) {
    send(started, Stage.FAILED, started.getRows(), "fit.failed", message, timestamp);
  }

  static RunStatus failed(ExtractionFailed failed) {
    return RunStatus.newBuilder()
        .setRun(failed.getRun())
        .setStep(failed.getStep())
        .setCheckpointId(failed.getCheckpointId())
        .setStage(Stage.FAILED)
        .setReason(failed.getReason())
        .setMessage(failed.getMessage())
        .setAt(failed.getFailedAt())
        .build();
  }

  private void send(
      ExtractionStarted started,
      Stage stage,
      int rows,
      String reason,
      String message,
      long timestamp) {
    List<String> concepts =
        fitted(started, wanted).stream()
            .map(i -> started.getConcepts().get(i))
            .map(ConceptInfo::getName)
            .toList();
    send(
        started.getRun(),
        RunStatus.newBuilder()
            .setRun(started.getRun())
            .setStep(started.getStep())
            .setCheckpointId(started.getCheckpointId())
            .setStage(stage)
            .setRowsSeen(rows)
            .setRowsTotal(started.getRows())
            .setConcepts(concepts)
            .setTruncatedWords(started.getTruncatedWords())
            .setDroppedWords(started.getDroppedWords())
            .setReason(reason)
            .setMessage(message)
            .setTiers(tiers.of(started))
            .setTraining(started.getTraining())
            .setAt(Instant.ofEpochMilli(timestamp))
            .build(),
        timestamp);
  }

  void send(String run, RunStatus status, long timestamp) {
    context.forward(new Record<Object, Object>(run, status, timestamp), ProbeTopology.PROBES);
  }
}
