package io.salient.ranking.topology;

import io.salient.schemas.avro.ReplicateRankings;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the rankings of replicates until the drift is compared: they stand on the topic before the
 * final probe of the same checkpoint and concept, and so have no results of their own.
 */
final class ReplicateKeeper implements Processor<String, ReplicateRankings, Object, Object> {
  private KeyValueStore<String, ReplicateRankings> replicates;

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    replicates = context.getStateStore(RankingStores.REPLICATES);
  }

  @Override
  public void process(Record<String, ReplicateRankings> record) {
    replicates.put(StoreKeys.checkpoint(record.value()), record.value());
  }
}
