package io.salient.ranking.topology;

import io.salient.schemas.AvroSerde;
import io.salient.schemas.DeadLetterReason;
import io.salient.schemas.StateFormats;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.UndecodableRecordException;
import io.salient.schemas.avro.ClassProbe;
import io.salient.schemas.avro.EarlyWarning;
import io.salient.schemas.avro.NeuronClusters;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.ReplicateRankings;
import io.salient.schemas.avro.RunStatus;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Reads raw records and sends each where it belongs. This is where data errors end: what is no
 * usable record becomes a dead letter. All else that fails is the infrastructure's and stops the
 * stream, which then starts again from what was committed.
 */
final class ProbeDecoder implements Processor<byte[], byte[], Object, Object> {
  private final RankingMetrics metrics;
  private final AvroSerde<SpecificRecord> probes = TopicSerdes.probes();
  private final StateFormats formats = RankingStores.written();
  private ProcessorContext<Object, Object> context;
  private KeyValueStore<String, String> keptFormats;
  private DeadLetters deadLetters;

  ProbeDecoder(RankingMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
    this.keptFormats = context.getStateStore(RankingStores.FORMATS);
    checkFormats();
    this.deadLetters = new DeadLetters(context, metrics);
  }

  /** F25: before anything is read or changed. */
  private void checkFormats() {
    try (KeyValueIterator<String, String> kept = keptFormats.all()) {
      kept.forEachRemaining(entry -> formats.check(entry.key, entry.value));
    }
  }

  @Override
  public void process(Record<byte[], byte[]> raw) {
    formats.note(keptFormats::putIfAbsent);
    if (raw.key() == null) {
      refuse(raw, DeadLetterReason.NULL_KEY, "no key: the run cannot be told");
    } else if (raw.value() == null) {
      refuse(raw, DeadLetterReason.NULL_VALUE, "no value");
    } else {
      decode(raw);
    }
  }

  private void decode(Record<byte[], byte[]> raw) {
    String key = new String(raw.key(), StandardCharsets.UTF_8);
    try {
      switch (probes.decode(raw.value())) {
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
        default -> refuse(raw, DeadLetterReason.UNEXPECTED_TYPE, "no record of this topic");
      }
    } catch (UndecodableRecordException e) {
      refuse(raw, e.reason(), e.getMessage());
    } catch (InvalidProbeException e) {
      refuse(raw, e.reason(), e.getMessage());
    }
  }

  private void refuse(Record<byte[], byte[]> raw, DeadLetterReason reason, String message) {
    deadLetters.send(raw.key(), raw.value(), raw.timestamp(), reason, message);
  }
}
