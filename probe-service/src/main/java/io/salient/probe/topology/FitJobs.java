package io.salient.probe.topology;

import io.salient.lca.probe.Probe;
import io.salient.probe.training.FitJob;
import io.salient.probe.training.Tier;
import io.salient.schemas.Topics;
import io.salient.schemas.avro.ExtractionStarted;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Copies out of the stores all that a job needs, so that the stream can go on. */
final class FitJobs {
  private final Topics topics;
  private final Set<String> concepts;
  private final MatrixFolder matrices;
  private final FitResults results;
  private final ReadOnlyKeyValueStore<String, ExtractionStarted> checkpoints;
  private final ReadOnlyKeyValueStore<String, CheckpointProgress> progress;

  FitJobs(
      Topics topics,
      Set<String> concepts,
      MatrixFolder matrices,
      FitResults results,
      ReadOnlyKeyValueStore<String, ExtractionStarted> checkpoints,
      ReadOnlyKeyValueStore<String, CheckpointProgress> progress) {
    this.topics = topics;
    this.concepts = concepts;
    this.matrices = matrices;
    this.results = results;
    this.checkpoints = checkpoints;
    this.progress = progress;
  }

  /**
   * The job of a tier.
   *
   * @param provisional probes of the same checkpoint on fewer rows, by concept
   */
  FitJob of(TierQueue.Work work, Map<String, Probe> provisional) {
    String key = work.key();
    ExtractionStarted started = checkpoints.get(key);
    CheckpointProgress now = progress.get(key);
    return new FitJob(
        work.tier(),
        key,
        started,
        Statuses.fitted(started, concepts),
        (BitSet) now.rows().clone(),
        matrices.file(key),
        matrices.checked(key),
        new FitJob.Log(
            new TopicPartition(topics.activations(), now.partition()), now.first(), now.last()),
        warm(work.tier(), started, provisional),
        work.tier().isPatient() ? Map.of() : results.base(key, started),
        work.tier().isPatient() ? results.finals(key, started) : List.of(),
        work.tier().isPatient() ? results.rankedBy(key, started) : results.method());
  }

  /** A final fit starts from the final probes before it alone, whatever was provisional. */
  private Map<String, Probe> warm(
      Tier tier, ExtractionStarted started, Map<String, Probe> provisional) {
    Map<String, Probe> warm = new HashMap<>();
    if (tier == Tier.PROVISIONAL || tier == Tier.FINAL) {
      warm.putAll(results.last(started));
    }
    if (tier == Tier.PROVISIONAL) {
      warm.putAll(provisional);
    }
    return warm;
  }
}
