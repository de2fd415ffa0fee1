package io.salient.ranking.topology;

import io.salient.schemas.ResultKey;
import io.salient.schemas.avro.NeuronClusters;
import java.util.Comparator;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Copies clusters to the results, unless those of a checkpoint that was saved at the same step and
 * announced later were copied before.
 */
final class ClusterOrder implements Processor<String, NeuronClusters, Object, Object> {
  private static final Comparator<NeuronClusters> BY_ANNOUNCEMENT =
      Comparator.comparing(NeuronClusters::getAnnouncedAt)
          .thenComparing(NeuronClusters::getCheckpointId);

  private final RankingMetrics metrics;
  private ProcessorContext<Object, Object> context;
  private KeyValueStore<String, NeuronClusters> kept;

  ClusterOrder(RankingMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
    kept = context.getStateStore(RankingStores.CLUSTERS);
  }

  @Override
  public void process(Record<String, NeuronClusters> record) {
    NeuronClusters clusters = record.value();
    String key = StoreKeys.status(clusters.getRun(), clusters.getStep());
    NeuronClusters known = kept.get(key);
    if (known != null && BY_ANNOUNCEMENT.compare(clusters, known) < 0) {
      metrics.superseded();
      return;
    }
    kept.put(key, clusters);
    ResultKey result =
        new ResultKey(
            clusters.getRun(), ResultKey.NO_CONCEPT, clusters.getStep(), ResultKey.Kind.CLUSTERS);
    context.forward(record.withKey(result.text()), RankingTopology.RESULTS);
  }
}
