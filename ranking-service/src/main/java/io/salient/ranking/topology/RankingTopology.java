package io.salient.ranking.topology;

import io.salient.schemas.TopicSerdes;
import io.salient.schemas.Topics;
import io.salient.streams.DeadLetters;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * The service in one picture.
 *
 * <pre>
 * salient.probes --&gt; decode --&gt; collect --&gt; rank --&gt; compare --&gt; salient.results
 *                     |  |         |              ^               ^
 *                     |  |--------replicates------'               |
 *                     |  |--&gt; early, evaluation, status, clusters '
 *                     |            |
 *                     '------------'--&gt; salient.dead-letters
 * </pre>
 *
 * @param topics where records come from and go to
 * @param top how many neurons a result lists, and the k of its drift
 * @param forgetIncompleteAfter stream time after which a set that was never completed is dropped
 * @param stores makes the state stores
 * @param metrics counts
 */
public record RankingTopology(
    Topics topics,
    int top,
    Duration forgetIncompleteAfter,
    RankingStores stores,
    RankingMetrics metrics) {
  static final String PROBES = "probes";
  static final String DECODE = "decode";
  static final String COLLECT = "collect";
  static final String RANK = "rank";
  static final String COMPARE = "compare";
  static final String STATUS = "status";
  static final String EVALUATION = "evaluation";
  static final String EARLY = "early";
  static final String CLUSTERS = "clusters";
  static final String RESULTS = "results";

  /** The topology, every node and store with a name of its own. */
  public Topology build() {
    Topology topology = new Topology();
    topology.addSource(
        PROBES,
        Serdes.ByteArray().deserializer(),
        Serdes.ByteArray().deserializer(),
        topics.probes());
    topology.addProcessor(DECODE, () -> new ProbeDecoder(metrics), PROBES);
    topology.addProcessor(
        COLLECT, () -> new ProbeCollector(metrics, forgetIncompleteAfter), DECODE);
    topology.addProcessor(RANK, () -> new LcaRanking(metrics, top), COLLECT);
    topology.addProcessor(COMPARE, () -> new DriftComparison(metrics, top), RANK, DECODE);
    topology.addProcessor(STATUS, () -> new StatusOrder(metrics), DECODE);
    topology.addProcessor(EVALUATION, () -> new EvaluationOrder(metrics), DECODE);
    topology.addProcessor(EARLY, () -> new EarlyComparison(metrics, top), DECODE);
    topology.addProcessor(CLUSTERS, () -> new ClusterOrder(metrics), DECODE);
    topology.addSink(
        RESULTS,
        topics.results(),
        Serdes.String().serializer(),
        TopicSerdes.results().serializer(),
        COMPARE,
        STATUS,
        EARLY,
        EVALUATION,
        CLUSTERS);
    topology.addSink(
        DeadLetters.SINK,
        topics.deadLetters(),
        Serdes.ByteArray().serializer(),
        Serdes.ByteArray().serializer(),
        DECODE,
        COLLECT);
    return withStores(topology);
  }

  private Topology withStores(Topology topology) {
    return topology
        .addStateStore(stores.formats(), DECODE)
        .addStateStore(stores.collected(), COLLECT)
        .addStateStore(stores.checkpoints(), COLLECT, COMPARE)
        .addStateStore(stores.orders(), COMPARE)
        .addStateStore(stores.neurons(), COMPARE)
        .addStateStore(stores.replicates(), COMPARE)
        .addStateStore(stores.judged(), COMPARE)
        .addStateStore(stores.statuses(), STATUS)
        .addStateStore(stores.early(), EARLY)
        .addStateStore(stores.evaluations(), EVALUATION)
        .addStateStore(stores.clusters(), CLUSTERS);
  }

  static DeadLetters deadLetters(ProcessorContext<Object, Object> context, RankingMetrics metrics) {
    return new DeadLetters("ranking", context, metrics::deadLetter);
  }
}
