package io.salient.ranking.topology;

import io.salient.schemas.AvroSerde;
import io.salient.schemas.avro.ClassProbe;
import io.salient.schemas.avro.EarlyWarning;
import io.salient.schemas.avro.NeuronClusters;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.ReplicateRankings;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.streams.state.StateFormat;
import io.salient.streams.state.StateFormats;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The state stores by name; their changelogs are named after them. Keys: {@link StoreKeys}.
 *
 * @param supplier makes a store of a name: in RocksDB, or in memory for tests
 */
public record RankingStores(Function<String, KeyValueBytesStoreSupplier> supplier) {
  /** Class probes and reports of sets that are not complete. */
  static final String COLLECTED = "salient-ranking-collected";

  /** One small entry per ranked checkpoint. */
  static final String CHECKPOINTS = "salient-ranking-checkpoints";

  /** Full orders. */
  static final String ORDERS = "salient-ranking-orders";

  /** Results as emitted, those of resaved checkpoints included. */
  static final String NEURONS = "salient-ranking-neurons";

  /** Rankings of replicates, by checkpoint. */
  static final String REPLICATES = "salient-ranking-replicates";

  /** Judgements against the baseline per run, concept and step. */
  static final String JUDGED = "salient-ranking-judged";

  /** Latest status per run and step. */
  static final String STATUSES = "salient-ranking-statuses";

  /** Early warnings per run, concept and step. */
  static final String EARLY = "salient-ranking-early";

  /** Evaluations per run, concept and step. */
  static final String EVALUATIONS = "salient-ranking-evaluations";

  /** Clusters of neurons per run and step. */
  static final String CLUSTERS = "salient-ranking-clusters";

  /** What the others are written in, see {@link StateFormats}. */
  static final String FORMATS = "salient-ranking-formats";

  /** Stores on disk, with changelogs. */
  public static RankingStores persistent() {
    return new RankingStores(Stores::persistentKeyValueStore);
  }

  StoreBuilder<KeyValueStore<String, byte[]>> collected() {
    return builder(COLLECTED, Serdes.ByteArray());
  }

  StoreBuilder<KeyValueStore<String, RankedCheckpoint>> checkpoints() {
    return builder(CHECKPOINTS, RankedCheckpoint.serde());
  }

  StoreBuilder<KeyValueStore<String, ReplicateRankings>> replicates() {
    return builder(REPLICATES, AvroSerde.of(ReplicateRankings.class));
  }

  StoreBuilder<KeyValueStore<String, NeuronDrift>> judged() {
    return builder(JUDGED, AvroSerde.of(NeuronDrift.class));
  }

  StoreBuilder<KeyValueStore<String, RankingOrder>> orders() {
    return builder(ORDERS, RankingOrder.serde());
  }

  StoreBuilder<KeyValueStore<String, SalientNeurons>> neurons() {
    return builder(NEURONS, AvroSerde.of(SalientNeurons.class));
  }

  StoreBuilder<KeyValueStore<String, RunStatus>> statuses() {
    return builder(STATUSES, AvroSerde.of(RunStatus.class));
  }

  StoreBuilder<KeyValueStore<String, EarlyWarning>> early() {
    return builder(EARLY, AvroSerde.of(EarlyWarning.class));
  }

  StoreBuilder<KeyValueStore<String, ProbeEvaluation>> evaluations() {
    return builder(EVALUATIONS, AvroSerde.of(ProbeEvaluation.class));
  }

  StoreBuilder<KeyValueStore<String, NeuronClusters>> clusters() {
    return builder(CLUSTERS, AvroSerde.of(NeuronClusters.class));
  }

  StoreBuilder<KeyValueStore<String, String>> formats() {
    return builder(FORMATS, Serdes.String());
  }

  /** What these stores are written in today. */
  static StateFormats written() {
    return new StateFormats()
        .with(
            COLLECTED,
            StateFormat.numbered("collected", CollectedRecord.VERSION),
            StateFormat.of(ClassProbe.class),
            StateFormat.of(ProbeReport.class))
        .with(CHECKPOINTS, StateFormat.numbered("checkpoint", RankedCheckpoint.VERSION))
        .with(ORDERS, StateFormat.numbered("order", RankingOrder.VERSION))
        .with(NEURONS, StateFormat.of(SalientNeurons.class))
        .with(REPLICATES, StateFormat.of(ReplicateRankings.class))
        .with(JUDGED, StateFormat.of(NeuronDrift.class))
        .with(STATUSES, StateFormat.of(RunStatus.class))
        .with(EARLY, StateFormat.of(EarlyWarning.class))
        .with(CLUSTERS, StateFormat.of(NeuronClusters.class))
        .with(EVALUATIONS, StateFormat.of(ProbeEvaluation.class));
  }

  private <V> StoreBuilder<KeyValueStore<String, V>> builder(String name, Serde<V> values) {
    return Stores.keyValueStoreBuilder(supplier.apply(name), Serdes.String(), values)
        .withLoggingEnabled(Map.of())
        .withCachingDisabled();
  }
}
