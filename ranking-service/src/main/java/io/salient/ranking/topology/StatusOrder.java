package io.salient.ranking.topology;

import io.salient.schemas.ResultKey;
import io.salient.schemas.avro.RunStatus;
import java.util.Comparator;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Copies statuses to the results, unless one that is newer was copied before. */
final class StatusOrder implements Processor<String, RunStatus, Object, Object> {
  /** By time; of the same moment the later stage, then the one with more rows. */
  private static final Comparator<RunStatus> AGE =
      Comparator.comparing(RunStatus::getAt)
          .thenComparing(RunStatus::getStage)
          .thenComparingInt(RunStatus::getRowsSeen);

  private final RankingMetrics metrics;
  private ProcessorContext<Object, Object> context;
  private KeyValueStore<String, RunStatus> statuses;

  StatusOrder(RankingMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
    statuses = context.getStateStore(RankingStores.STATUSES);
  }

  @Override
  public void process(Record<String, RunStatus> record) {
    RunStatus status = record.value();
    String key = StoreKeys.status(status.getRun(), status.getStep());
    RunStatus known = statuses.get(key);
    if (known != null && AGE.compare(status, known) < 0) {
      metrics.superseded();
      return;
    }
    statuses.put(key, status);
    ResultKey result =
        new ResultKey(
            status.getRun(), ResultKey.NO_CONCEPT, status.getStep(), ResultKey.Kind.STATUS);
    context.forward(record.withKey(result.text()), RankingTopology.RESULTS);
  }
}
