package io.salient.ranking.topology;

import io.salient.schemas.avro.ReplicateRankings;
import io.salient.schemas.avro.SalientNeurons;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Reads the rankings that the partitions of this instance keep.
 *
 * @param checkpoints which rankings count
 * @param orders full orders
 * @param neurons results
 * @param replicates rankings of replicates
 */
public record KeptRankings(
    ReadOnlyKeyValueStore<String, RankedCheckpoint> checkpoints,
    ReadOnlyKeyValueStore<String, RankingOrder> orders,
    ReadOnlyKeyValueStore<String, SalientNeurons> neurons,
    ReadOnlyKeyValueStore<String, ReplicateRankings> replicates) {

  /**
   * A ranking that counts.
   *
   * @param neurons what was emitted
   * @param order all neurons
   * @param replicates of the checkpoint; null when none are kept
   */
  public record Kept(SalientNeurons neurons, RankingOrder order, KeptReplicates replicates) {}

  /**
   * The stores of a running instance.
   *
   * @throws org.apache.kafka.streams.errors.InvalidStateStoreException while it starts or moves
   *     partitions
   */
  public static KeptRankings of(KafkaStreams streams) {
    return new KeptRankings(
        store(streams, RankingStores.CHECKPOINTS),
        store(streams, RankingStores.ORDERS),
        store(streams, RankingStores.NEURONS),
        store(streams, RankingStores.REPLICATES));
  }

  private static <V> ReadOnlyKeyValueStore<String, V> store(KafkaStreams streams, String name) {
    return streams.store(
        StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore()));
  }

  /** The ranking of a concept at a step; empty when there is none here. */
  public Optional<Kept> find(String run, String concept, long step) {
    return kept(run, concept, ConceptSeries.of(checkpoints, run, concept, 0).at(step));
  }

  /** The ranking that a concept's drift is measured against; empty when there is none here. */
  public Optional<Kept> baseline(String run, String concept) {
    return kept(run, concept, ConceptSeries.of(checkpoints, run, concept, 0).baseline());
  }

  /** Steps with a ranking of a concept, ascending. */
  public NavigableSet<Long> steps(String run, String concept) {
    return ConceptSeries.of(checkpoints, run, concept, 0).all().stream()
        .filter(RankedCheckpoint::ranked)
        .map(RankedCheckpoint::step)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Optional<Kept> kept(String run, String concept, RankedCheckpoint found) {
    if (found == null || !found.ranked()) {
      return Optional.empty();
    }
    long step = found.step();
    String key = StoreKeys.checkpoint(run, concept, 0, step, found.checkpointId());
    return Optional.of(
        new Kept(neurons.get(key), orders.get(key), KeptReplicates.of(replicates, key)));
  }

  /** What is said of b against a. */
  public DriftJudgement judgement(Kept a, Kept b) {
    return DriftJudgement.of(
        new JudgementInput(a.neurons().getReport(), a.replicates()),
        new JudgementInput(b.neurons().getReport(), b.replicates()),
        a.neurons().getCheckpointId().equals(b.neurons().getReport().getTransferFrom()));
  }
}
