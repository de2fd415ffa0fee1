package io.salient.ranking.topology;

import io.salient.schemas.AvroSerde;
import io.salient.schemas.DeadLetterReason;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.avro.ClassProbe;
import io.salient.schemas.avro.LabelReport;
import io.salient.schemas.avro.ProbeReport;
import io.salient.streams.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Collects the class probes of one fit until they and their report are there, in whatever order
 * they come. A fit is (run, step, checkpoint, concept, replicate, coverage); it is complete when
 * every label with train words has its probe, or with the report alone where that says that nothing
 * could be fitted.
 *
 * <p>A complete fit takes the waiting ones of the same checkpoint and lower coverage with it. What
 * is never completed is forgotten after {@code salient.ranking.forget-incomplete-after} of stream
 * time. A report that comes again without its probes renews what was ranked with them.
 */
final class ProbeCollector implements Processor<String, SpecificRecord, Object, Object> {
  private static final Duration SWEEP = Duration.ofMinutes(10);
  private static final StringSerializer KEYS = new StringSerializer();

  private final RankingMetrics metrics;
  private final Duration patience;
  private final AvroSerde<SpecificRecord> records = TopicSerdes.probes();
  private ProcessorContext<Object, Object> context;
  private DeadLetters deadLetters;
  private KeyValueStore<String, byte[]> collected;
  private KeyValueStore<String, RankedCheckpoint> checkpoints;

  ProbeCollector(RankingMetrics metrics, Duration patience) {
    this.metrics = metrics;
    this.patience = patience;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
    this.deadLetters = RankingTopology.deadLetters(context, metrics);
    collected = context.getStateStore(RankingStores.COLLECTED);
    checkpoints = context.getStateStore(RankingStores.CHECKPOINTS);
    context.schedule(SWEEP, PunctuationType.STREAM_TIME, this::forgetIncomplete);
  }

  @Override
  public void process(Record<String, SpecificRecord> record) {
    if (record.value() instanceof ClassProbe probe) {
      String set = StoreKeys.set(probe);
      keep(StoreKeys.label(set, probe.getLabelIndex()), probe);
      waitingReport(set).ifPresent(report -> complete(record, set, report));
    } else if (record.value() instanceof ProbeReport report) {
      String set = StoreKeys.set(report);
      keep(StoreKeys.report(set), report);
      complete(record, set, report);
    }
  }

  private void keep(String key, SpecificRecord record) {
    long offset = context.recordMetadata().map(RecordMetadata::offset).orElse(-1L);
    collected.put(
        key,
        new CollectedRecord(offset, context.currentStreamTimeMs(), records.encode(record)).bytes());
  }

  private Optional<ProbeReport> waitingReport(String set) {
    return Optional.ofNullable(collected.get(StoreKeys.report(set)))
        .map(bytes -> (ProbeReport) records.decode(CollectedRecord.read(bytes).value()));
  }

  private void complete(Record<String, SpecificRecord> cause, String set, ProbeReport report) {
    Optional<List<ClassProbe>> probes = fitting(cause, set, report);
    if (probes.isEmpty()) {
      return;
    }
    if (probes.get().size() == CompleteProbe.expected(report)) {
      forward(cause, new CompleteProbe(report, probes.get(), false));
      forget(StoreKeys.sets(report), set + Character.MAX_VALUE);
    } else if (probes.get().isEmpty()
        && cause.value() instanceof ProbeReport
        && wasRanked(report)) {
      forward(cause, new CompleteProbe(report, List.of(), true));
    }
  }

  private void forward(Record<String, SpecificRecord> cause, CompleteProbe probe) {
    context.forward(cause.withValue(probe), RankingTopology.RANK);
  }

  private boolean wasRanked(ProbeReport report) {
    RankedCheckpoint ranked = checkpoints.get(StoreKeys.checkpoint(report));
    return ranked != null && ranked.isSameFit(report);
  }

  /**
   * The set's probes with train words, by label index; those that do not fit become dead letters.
   * Empty when it is the report that does not fit.
   */
  private Optional<List<ClassProbe>> fitting(
      Record<String, SpecificRecord> cause, String set, ProbeReport report) {
    List<ClassProbe> probes = new ArrayList<>();
    List<KeyValue<String, byte[]>> misfits = new ArrayList<>();
    List<InvalidProbeException> reasons = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> entries = collected.prefixScan(set, KEYS)) {
      while (entries.hasNext()) {
        KeyValue<String, byte[]> entry = entries.next();
        if (!StoreKeys.isReport(entry.key)) {
          ClassProbe probe = (ClassProbe) records.decode(CollectedRecord.read(entry.value).value());
          try {
            ProbeChecks.checkFits(probe, report);
            probes.add(probe);
          } catch (InvalidProbeException e) {
            misfits.add(entry);
            reasons.add(e);
          }
        }
      }
    }
    if (!misfits.isEmpty() && refuse(cause, set, probes, misfits, reasons)) {
      return Optional.empty();
    }
    List<LabelReport> labels = report.getLabels();
    probes.removeIf(probe -> labels.get(probe.getLabelIndex()).getTrainCount() == 0);
    return Optional.of(probes);
  }

  /** Where several probes agree with each other and none with the report, the report is wrong. */
  private boolean refuse(
      Record<String, SpecificRecord> cause,
      String set,
      List<ClassProbe> fits,
      List<KeyValue<String, byte[]>> misfits,
      List<InvalidProbeException> reasons) {
    if (misfits.size() > 1 && fits.isEmpty()) {
      String key = StoreKeys.report(set);
      refuse(cause, key, collected.get(key), reasons.getFirst());
      return true;
    }
    for (int i = 0; i < misfits.size(); i++) {
      refuse(cause, misfits.get(i).key, misfits.get(i).value, reasons.get(i));
    }
    return false;
  }

  private void refuse(
      Record<String, SpecificRecord> cause,
      String storeKey,
      byte[] stored,
      InvalidProbeException why) {
    CollectedRecord record = CollectedRecord.read(stored);
    DeadLetterReason reason = why.reason();
    byte[] key = cause.key().getBytes(StandardCharsets.UTF_8);
    deadLetters.send(
        key, record.value(), cause.timestamp(), reason, why.getMessage(), record.offset());
    collected.delete(storeKey);
  }

  private void forget(String from, String to) {
    List<String> keys = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> entries = collected.range(from, to)) {
      entries.forEachRemaining(entry -> keys.add(entry.key));
    }
    keys.forEach(collected::delete);
  }

  private void forgetIncomplete(long streamTime) {
    List<String> old = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> entries = collected.all()) {
      entries.forEachRemaining(
          entry -> {
            if (CollectedRecord.streamTime(entry.value) < streamTime - patience.toMillis()) {
              old.add(entry.key);
            }
          });
    }
    old.forEach(collected::delete);
    metrics.forgotten(old.size());
  }
}
