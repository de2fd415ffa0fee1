package io.salient.ranking.topology;

import io.salient.schemas.avro.ReplicateRankings;
import io.salient.schemas.avro.SalientNeurons;
import java.util.Optional;
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
    RankedCheckpoint found = ConceptSeries.of(checkpoints, run, concept, 0).at(step);
    if (found == null || !found.ranked()) {
      return Optional.empty();
    }
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
