package io.salient.ranking.topology;

import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Ranks the neurons of each complete probe. Holds no state. */
final class LcaRanking implements Processor<String, CompleteProbe, Object, Object> {
  private final RankingMetrics metrics;
  private final int top;
  private ProcessorContext<Object, Object> context;

  LcaRanking(RankingMetrics metrics, int top) {
    this.metrics = metrics;
    this.top = top;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
  }

  @Override
  public void process(Record<String, CompleteProbe> record) {
    CompleteProbe probe = record.value();
    if (probe.reportOnly()) {
      forward(record, new RankedProbe(probe.report(), Optional.empty(), Optional.empty()));
      return;
    }
    long start = System.nanoTime();
    RankedProbe ranked = NeuronReport.of(probe, top);
    metrics.ranked(probe.report().getFinal$(), System.nanoTime() - start);
    forward(record, ranked);
  }

  private void forward(Record<String, CompleteProbe> record, RankedProbe ranked) {
    context.forward(record.withValue(ranked), RankingTopology.COMPARE);
  }
}
