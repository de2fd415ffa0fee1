package io.salient.probe.topology;

import io.salient.probe.matrix.BlockRows;
import io.salient.probe.matrix.CheckpointNeed;
import io.salient.probe.matrix.MatrixFile;
import io.salient.probe.topology.ActivationDecoder.Decoded;
import io.salient.probe.topology.CheckpointProgress.Stage;
import io.salient.probe.training.FittingQueue;
import io.salient.schemas.DeadLetterReason;
import io.salient.schemas.Topics;
import io.salient.schemas.avro.ActivationBlock;
import io.salient.schemas.avro.ExtractionFailed;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.RunStatus;
import io.salient.streams.DeadLetters;
import io.salient.streams.KeptFormats;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Lays the rows of each checkpoint in its matrix and has probes fitted. A row that came before has
 * no effect, so neither order nor duplicates matter; a checkpoint is complete when all its rows are
 * there.
 */
final class ProbeProcessor implements Processor<Object, Object, Object, Object> {
  private static final Duration LOOK_FOR_OUTCOMES = Duration.ofMillis(50);
  private static final Duration COUNT_UNRANKED = Duration.ofSeconds(10);

  private static final String FOREIGN_KEY =
      "the key is not the name of the run, or the name is not allowed";

  /** A status is sent for every so many parts of a checkpoint's rows. */
  private static final int STATUS_PARTS = 20;

  private final Topics topics;
  private final Set<String> concepts;
  private final ProbeProcessorSettings settings;
  private final FittingQueue queue;
  private final ProbeMetrics metrics;
  private final Map<String, Receiving> receiving = new HashMap<>();

  private ProcessorContext<Object, Object> context;
  private KeyValueStore<String, ExtractionStarted> checkpoints;
  private KeyValueStore<String, CheckpointProgress> progress;
  private KeptFormats formats;
  private DeadLetters deadLetters;
  private Statuses statuses;
  private MatrixFolder matrices;
  private FitScheduler scheduler;
  private UnrankedCheckpoints unranked;

  /** A checkpoint whose rows are coming in. */
  private record Receiving(ExtractionStarted started, BlockRows rows, MatrixFile matrix) {}

  ProbeProcessor(
      Topics topics,
      Set<String> concepts,
      ProbeProcessorSettings settings,
      FittingQueue queue,
      ProbeMetrics metrics) {
    this.topics = topics;
    this.concepts = concepts;
    this.settings = settings;
    this.queue = queue;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
    formats = new KeptFormats(context.getStateStore(ProbeStores.FORMATS), ProbeStores.written());
    checkpoints = context.getStateStore(ProbeStores.CHECKPOINTS);
    progress = context.getStateStore(ProbeStores.PROGRESS);
    deadLetters = ProbeTopology.deadLetters(context, metrics);
    RunBaselines baselines = new RunBaselines(checkpoints, progress);
    TierCosts costs = new TierCosts(settings.splits());
    TierStates states = new TierStates(settings.tiers(), progress, costs);
    statuses = new Statuses(context, concepts, states);
    matrices =
        new MatrixFolder(
            settings.matrixFolder().resolve(context.taskId().toString()),
            settings.matrixKeepBytes());
    matrices.check();
    FitResults results = new FitResults(context, concepts, settings);
    OpenTiers open = new OpenTiers(settings.tiers(), progress, baselines);
    TierQueue waiting =
        new TierQueue(key -> checkpoints.get(key).getStep(), open::isBaseline, metrics);
    scheduler =
        new FitScheduler(
            progress,
            queue,
            waiting,
            new FitJobs(topics, concepts, matrices, results, checkpoints, progress),
            new TierOutcomes(
                new LaterResults(context, concepts, settings),
                results,
                open,
                waiting,
                matrices,
                statuses,
                states,
                costs,
                metrics,
                progress),
            matrices);
    scheduler.takeUp();
    context.schedule(LOOK_FOR_OUTCOMES, PunctuationType.WALL_CLOCK_TIME, this::work);
    unranked = new UnrankedCheckpoints(context.taskId().toString(), progress, checkpoints, metrics);
    context.schedule(COUNT_UNRANKED, PunctuationType.WALL_CLOCK_TIME, now -> unranked.look());
  }

  private void work(long now) {
    formats.note();
    scheduler.work(now);
  }

  @Override
  public void process(Record<Object, Object> record) {
    formats.note();
    Decoded decoded = (Decoded) record.value();
    try {
      switch (decoded.value()) {
        case ExtractionStarted started -> open(started, record);
        case ActivationBlock block when record.key().equals(block.getRun()) -> take(block, record);
        case ExtractionFailed failed when StartedChecks.named(failed.getRun(), record.key()) ->
            fail(failed, record);
        case ActivationBlock block -> refuse(record, DeadLetterReason.INVALID_FIELD, FOREIGN_KEY);
        case ExtractionFailed failed -> refuse(record, DeadLetterReason.INVALID_FIELD, FOREIGN_KEY);
        default -> refuse(record, DeadLetterReason.UNEXPECTED_TYPE, "no record of this topic");
      }
    } catch (BlockRows.BadBlockException e) {
      refuse(record, e.reason(), e.getMessage());
    }
  }

  private void open(ExtractionStarted started, Record<Object, Object> record) {
    String problem =
        StartedChecks.problem(
            started, (String) record.key(), settings.encoding(), settings.maxMatrixBytes());
    String key = StoreKeys.checkpoint(started);
    if (problem != null) {
      refuse(record, DeadLetterReason.INVALID_FIELD, problem);
      return;
    }
    CheckpointProgress known = progress.get(key);
    if (known != null && known.stage() != Stage.LOST && known.stage() != Stage.FAILED) {
      if (!StartedChecks.sameShape(checkpoints.get(key), started)) {
        refuse(
            record,
            DeadLetterReason.WRONG_WIDTH,
            "the same checkpoint was opened with other layers, words or labels");
      }
      return; // announced again or sent again: its rows are on their way already
    }
    close(key);
    scheduler.forget(key);
    matrices.makeRoom(need(key, started));
    checkpoints.put(key, started);
    CheckpointProgress opened = CheckpointProgress.opened(partition(), offset());
    progress.put(key, opened);
    scheduler.opened(key, context.currentSystemTimeMs());
    if (started.getRows() == 0) {
      complete(key, started, opened.taken(offset(), 0), record.timestamp());
    } else {
      extracting(key, started, 0, record.timestamp());
    }
  }

  private void take(ActivationBlock block, Record<Object, Object> record) {
    String key = StoreKeys.checkpoint(block.getRun(), block.getStep(), block.getCheckpointId());
    CheckpointProgress known = progress.get(key);
    if (known == null) {
      refuse(
          record,
          DeadLetterReason.UNKNOWN_CHECKPOINT,
          "no record opened checkpoint "
              + block.getCheckpointId()
              + " of run "
              + block.getRun()
              + ", step "
              + block.getStep());
      return;
    }
    Receiving into = known.stage() == Stage.RECEIVING ? receiving(key) : null;
    BlockRows rows = into == null ? new BlockRows(checkpoints.get(key)) : into.rows();
    MemorySegment values = rows.check(block);
    if (into == null) {
      metrics.rows(0, block.getRows().size());
      return; // complete, or given up
    }
    int before = known.rows().cardinality();
    int taken = rows.write(block, values, into.matrix(), known.rows());
    metrics.rows(taken, block.getRows().size() - taken);
    if (taken > 0) {
      advance(
          key,
          into.started(),
          known.taken(offset(), into.started().getRows()),
          before,
          record.timestamp());
    }
  }

  private void advance(
      String key, ExtractionStarted started, CheckpointProgress now, int before, long timestamp) {
    int after = now.rows().cardinality();
    int total = started.getRows();
    if (now.stage() == Stage.COMPLETE) {
      complete(key, started, now, timestamp);
      return;
    }
    progress.put(key, now);
    scheduler.rowsCame(key, context.currentSystemTimeMs());
    if ((long) before * STATUS_PARTS / total != (long) after * STATUS_PARTS / total) {
      extracting(key, started, after, timestamp);
    }
    for (double coverage : settings.coverages()) {
      if (before < coverage * total && after >= coverage * total) {
        scheduler.provisional(key);
      }
    }
  }

  private void extracting(String key, ExtractionStarted started, int rows, long timestamp) {
    statuses.extracting(started, rows, need(key, started).text(), timestamp);
  }

  /** Of its concepts those count that are fitted here, and with them their control tasks. */
  private CheckpointNeed need(String key, ExtractionStarted started) {
    int labels =
        Statuses.fitted(started, concepts).stream()
            .mapToInt(concept -> started.getConcepts().get(concept).getLabels().size())
            .filter(count -> count <= settings.fit().maxLabels())
            .sum();
    return matrices.need(
        key, started, settings.encoding(), labels * Math.max(1, settings.controls()));
  }

  private void complete(
      String key, ExtractionStarted started, CheckpointProgress now, long timestamp) {
    close(key);
    progress.put(key, now);
    statuses.fitting(started, timestamp);
    scheduler.complete(key);
  }

  private void fail(ExtractionFailed failed, Record<Object, Object> record) {
    String key = StoreKeys.checkpoint(failed.getRun(), failed.getStep(), failed.getCheckpointId());
    CheckpointProgress known = progress.get(key);
    if (known != null && known.stage() != Stage.RECEIVING) {
      return; // extracted before, in full
    }
    if (known != null) {
      close(key);
      progress.put(key, known.ended(Stage.FAILED));
      scheduler.forget(key);
    }
    RunStatus status = Statuses.failed(failed);
    statuses.send(failed.getRun(), status, record.timestamp());
    metrics.ended(failed.getReason());
  }

  private Receiving receiving(String key) {
    return receiving.computeIfAbsent(
        key,
        unopened -> {
          ExtractionStarted started = checkpoints.get(key);
          MatrixFile matrix =
              MatrixFile.open(
                  matrices.file(key), BlockRows.shape(key, started, settings.encoding()));
          return new Receiving(started, new BlockRows(started), matrix);
        });
  }

  private void close(String key) {
    Receiving open = receiving.remove(key);
    if (open != null) {
      open.matrix().close();
    }
  }

  private void refuse(Record<Object, Object> record, DeadLetterReason reason, String message) {
    Decoded decoded = (Decoded) record.value();
    deadLetters.send(decoded.key(), decoded.bytes(), record.timestamp(), reason, message);
  }

  private long offset() {
    return context.recordMetadata().map(RecordMetadata::offset).orElse(-1L);
  }

  private int partition() {
    return context.recordMetadata().map(RecordMetadata::partition).orElse(-1);
  }

  @Override
  public void close() {
    if (scheduler != null) {
      scheduler.close();
    }
    if (unranked != null) {
      unranked.close();
    }
    receiving.values().forEach(open -> open.matrix().close());
    receiving.clear();
  }
}
