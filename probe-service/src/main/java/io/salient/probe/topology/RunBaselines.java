package io.salient.probe.topology;

import io.salient.probe.topology.CheckpointProgress.Stage;
import io.salient.schemas.avro.ExtractionStarted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which checkpoint of a run the others are measured against: among those with final probes the
 * lowest step that was announced as baseline, else the lowest step. It changes when a better one
 * becomes final later, so that in the end the order does not matter.
 */
final class RunBaselines {
  private final KeyValueStore<String, ExtractionStarted> checkpoints;
  private final KeyValueStore<String, CheckpointProgress> progress;

  RunBaselines(
      KeyValueStore<String, ExtractionStarted> checkpoints,
      KeyValueStore<String, CheckpointProgress> progress) {
    this.checkpoints = checkpoints;
    this.progress = progress;
  }

  /** Key of the baseline; null when no checkpoint of the run is final. */
  String of(String run) {
    return first(finals(run));
  }

  /** Key of the baseline once this checkpoint is final too. */
  String with(String run, String key) {
    List<String> candidates = finals(run);
    candidates.add(key);
    return first(candidates);
  }

  /**
   * True when no final checkpoint is a better baseline than this one, another save of its step
   * aside.
   */
  boolean mayBe(String run, String key) {
    ExtractionStarted best = checkpoints.get(with(run, key));
    ExtractionStarted own = checkpoints.get(key);
    return best.getBaseline() == own.getBaseline() && best.getStep() == own.getStep();
  }

  /** Checkpoint id of the baseline; empty when there is none. */
  String id(String run) {
    String key = of(run);
    return key == null ? "" : checkpoints.get(key).getCheckpointId();
  }

  /** Keys of the run's checkpoints that have final probes. */
  List<String> finals(String run) {
    List<String> finals = new ArrayList<>();
    try (KeyValueIterator<String, CheckpointProgress> all =
        progress.prefixScan(StoreKeys.run(run), new StringSerializer())) {
      all.forEachRemaining(
          entry -> {
            if (entry.value.stage() == Stage.FINAL) {
              finals.add(entry.key);
            }
          });
    }
    return finals;
  }

  private String first(List<String> keys) {
    Comparator<String> announced = Comparator.comparing(key -> !checkpoints.get(key).getBaseline());
    return keys.stream().min(announced.thenComparing(Comparator.naturalOrder())).orElse(null);
  }
}
