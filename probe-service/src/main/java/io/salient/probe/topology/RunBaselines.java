package io.salient.probe.topology;

import io.salient.probe.topology.CheckpointProgress.Stage;
import io.salient.schemas.avro.ExtractionStarted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
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
   * Key of the checkpoint that is or will be the baseline, as far as is known: also among those
   * whose rows are still coming. Null when every checkpoint of the run was given up.
   */
  String expected(String run) {
    return first(keys(run, stage -> stage != Stage.LOST && stage != Stage.FAILED));
  }

  /** Checkpoint id of the baseline; empty when there is none. */
  String id(String run) {
    String key = of(run);
    return key == null ? "" : checkpoints.get(key).getCheckpointId();
  }

  /** Keys of the run's checkpoints that have final probes. */
  List<String> finals(String run) {
    return keys(run, stage -> stage == Stage.FINAL);
  }

  private List<String> keys(String run, Predicate<Stage> wanted) {
    List<String> keys = new ArrayList<>();
    try (KeyValueIterator<String, CheckpointProgress> all =
        progress.prefixScan(StoreKeys.run(run), new StringSerializer())) {
      all.forEachRemaining(
          entry -> {
            if (wanted.test(entry.value.stage())) {
              keys.add(entry.key);
            }
          });
    }
    return keys;
  }

  private String first(List<String> keys) {
    Comparator<String> announced = Comparator.comparing(key -> !checkpoints.get(key).getBaseline());
    return keys.stream().min(announced.thenComparing(Comparator.naturalOrder())).orElse(null);
  }
}
