package io.salient.ranking.topology;

import io.salient.schemas.DeadLetterReason;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.avro.ClassProbe;
import io.salient.schemas.avro.EarlyWarning;
import io.salient.schemas.avro.NeuronClusters;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.ReplicateRankings;
import io.salient.schemas.avro.RunStatus;
import io.salient.streams.KeptFormats;
import io.salient.streams.RawRecords;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Reads raw records and sends each where it belongs. This is where data errors end: what is no
 * usable record becomes a dead letter. All else that fails is the infrastructure's and stops the
 * stream, which then starts again from what was committed.
 */
final class ProbeDecoder implements Processor<byte[], byte[], Object, Object> {
  private final RankingMetrics metrics;
  private ProcessorContext<Object, Object> context;
  private KeptFormats formats;
  private RawRecords records;

  ProbeDecoder(RankingMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
    this.formats =
        new KeptFormats(context.getStateStore(RankingStores.FORMATS), RankingStores.written());
    this.records =
        new RawRecords(TopicSerdes.probes(), RankingTopology.deadLetters(context, metrics));
  }

  @Override
  public void process(Record<byte[], byte[]> raw) {
    formats.note();
    records.decode(raw).ifPresent(value -> forward(raw, value));
  }

  private void forward(Record<byte[], byte[]> raw, SpecificRecord value) {
    String key = RawRecords.key(raw);
    try {
      switch (value) {
        case ClassProbe probe -> {
          ProbeChecks.check(key, probe);
          context.forward(raw.withKey(key).withValue(probe), RankingTopology.COLLECT);
        }
        case ProbeReport report -> {
          ProbeChecks.check(key, report);
          context.forward(raw.withKey(key).withValue(report), RankingTopology.COLLECT);
        }
        case ReplicateRankings replicates -> {
          ProbeChecks.check(key, replicates);
          context.forward(raw.withKey(key).withValue(replicates), RankingTopology.COMPARE);
        }
        case ProbeEvaluation evaluation -> {
          ProbeChecks.check(key, evaluation);
          context.forward(raw.withKey(key).withValue(evaluation), RankingTopology.EVALUATION);
        }
        case EarlyWarning warning -> {
          ProbeChecks.check(key, warning);
          context.forward(raw.withKey(key).withValue(warning), RankingTopology.EARLY);
        }
        case NeuronClusters clusters -> {
          ProbeChecks.check(key, clusters);
          context.forward(raw.withKey(key).withValue(clusters), RankingTopology.CLUSTERS);
        }
        case RunStatus status -> {
          ProbeChecks.check(key, status);
          context.forward(raw.withKey(key).withValue(status), RankingTopology.STATUS);
        }
        default -> records.refuse(raw, DeadLetterReason.UNEXPECTED_TYPE, "no record of this topic");
      }
    } catch (InvalidProbeException e) {
      records.refuse(raw, e.reason(), e.getMessage());
    }
  }
}
