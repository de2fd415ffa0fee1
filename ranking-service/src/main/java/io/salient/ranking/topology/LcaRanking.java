package io.salient.ranking.topology;

import io.salient.schemas.avro.ProbeReport;
import io.salient.streams.log.CheckpointLog;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Ranks the neurons of each complete probe. Holds no state. */
final class LcaRanking implements Processor<String, CompleteProbe, Object, Object> {
  private static final CheckpointLog EVENTS = new CheckpointLog(LcaRanking.class);

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
    tell(probe.report());
    forward(record, ranked);
  }

  private static void tell(ProbeReport report) {
    EVENTS.info(
        report.getRun(),
        report.getStep(),
        report.getConcept() + (report.getFinal$() ? " is ranked" : " is ranked for now"));
  }

  private void forward(Record<String, CompleteProbe> record, RankedProbe ranked) {
    context.forward(record.withValue(ranked), RankingTopology.COMPARE);
  }
}
