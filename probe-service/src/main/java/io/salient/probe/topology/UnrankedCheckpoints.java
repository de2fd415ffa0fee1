package io.salient.probe.topology;

import io.salient.probe.topology.CheckpointProgress.Stage;
import io.salient.schemas.avro.ExtractionStarted;
import java.time.Instant;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Tells the metrics what one partition has received and not ranked, and since when the oldest
 * waits. It looks at the stores now and then, so that a restart changes nothing.
 */
final class UnrankedCheckpoints {
  private final String partition;
  private final ReadOnlyKeyValueStore<String, CheckpointProgress> progress;
  private final ReadOnlyKeyValueStore<String, ExtractionStarted> checkpoints;
  private final ProbeMetrics metrics;

  UnrankedCheckpoints(
      String partition,
      ReadOnlyKeyValueStore<String, CheckpointProgress> progress,
      ReadOnlyKeyValueStore<String, ExtractionStarted> checkpoints,
      ProbeMetrics metrics) {
    this.partition = partition;
    this.progress = progress;
    this.checkpoints = checkpoints;
    this.metrics = metrics;
  }

  void look() {
    int count = 0;
    Instant oldest = null;
    try (KeyValueIterator<String, CheckpointProgress> all = progress.all()) {
      while (all.hasNext()) {
        KeyValue<String, CheckpointProgress> known = all.next();
        Stage stage = known.value.stage();
        if (stage == Stage.RECEIVING || stage == Stage.COMPLETE) {
          Instant announced = checkpoints.get(known.key).getAnnouncedAt();
          oldest = oldest == null || announced.isBefore(oldest) ? announced : oldest;
          count++;
        }
      }
    }
    metrics.unranked(partition, count, oldest);
  }

  /** The partition goes elsewhere. */
  void close() {
    metrics.unranked(partition, 0, null);
  }
}
