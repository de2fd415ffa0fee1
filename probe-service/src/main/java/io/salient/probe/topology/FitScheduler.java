package io.salient.probe.topology;

import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.Probe;
import io.salient.probe.topology.CheckpointProgress.Stage;
import io.salient.probe.topology.StoreKeys.Role;
import io.salient.probe.training.FitJob;
import io.salient.probe.training.FitOutcome;
import io.salient.probe.training.FittingQueue;
import io.salient.schemas.Topics;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.ProbeReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Decides what is fitted next, and sends on what came of it. One job of a partition runs at a time:
 * final ones first, in the order in which their checkpoints became complete, each starting from the
 * probes that the one before left in the store. So the chain of warm starts depends on the log
 * alone, and a crash changes nothing.
 */
final class FitScheduler {
  private final ProcessorContext<Object, Object> context;
  private final Topics topics;
  private final Set<String> concepts;
  private final ProbeProcessorSettings settings;
  private final FittingQueue queue;
  private final MatrixFolder matrices;
  private final Statuses statuses;
  private final ProbeMetrics metrics;
  private final KeyValueStore<String, ExtractionStarted> checkpoints;
  private final KeyValueStore<String, CheckpointProgress> progress;
  private final KeyValueStore<String, ProbeReport> reports;
  private final KeptProbes probes;

  private final Deque<String> finals = new ArrayDeque<>();
  private final Set<String> provisionals = new LinkedHashSet<>();
  private final Set<String> transfers = new LinkedHashSet<>();
  private final Map<String, Map<String, Probe>> provisionalProbes = new HashMap<>();
  private final Queue<FitOutcome> outcomes = new ConcurrentLinkedQueue<>();
  private boolean running;
  private volatile boolean closed;

  FitScheduler(
      ProcessorContext<Object, Object> context,
      Topics topics,
      Set<String> concepts,
      ProbeProcessorSettings settings,
      FittingQueue queue,
      MatrixFolder matrices,
      Statuses statuses,
      ProbeMetrics metrics) {
    this.context = context;
    this.topics = topics;
    this.concepts = concepts;
    this.settings = settings;
    this.queue = queue;
    this.matrices = matrices;
    this.statuses = statuses;
    this.metrics = metrics;
    this.checkpoints = context.getStateStore(ProbeStores.CHECKPOINTS);
    this.progress = context.getStateStore(ProbeStores.PROGRESS);
    this.reports = context.getStateStore(ProbeStores.REPORTS);
    this.probes = new KeptProbes(context.getStateStore(ProbeStores.PROBES));
  }

  /** After a start: what was complete and not fitted when the last life ended, in its order. */
  void takeUp() {
    List<KeyValue<String, CheckpointProgress>> known = new ArrayList<>();
    try (KeyValueIterator<String, CheckpointProgress> all = progress.all()) {
      all.forEachRemaining(known::add);
    }
    known.sort(Comparator.comparingLong(entry -> entry.value.completed()));
    for (KeyValue<String, CheckpointProgress> entry : known) {
      if (entry.value.stage() == Stage.COMPLETE) {
        finals.add(entry.key);
      } else if (entry.value.stage() == Stage.FINAL && matrices.has(entry.key)) {
        matrices.finished(entry.key);
      }
    }
  }

  /** A checkpoint was opened in this life, so all its rows will be written in it. */
  void opened(String key) {
    matrices.made(key);
  }

  void provisional(String key) {
    provisionals.add(key);
  }

  void complete(String key) {
    provisionals.remove(key);
    finals.add(key);
  }

  /** Sends on what was fitted, and starts what is next. */
  void work(long now) {
    for (FitOutcome outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
      running = false;
      settle(outcome, now);
    }
    while (!running && next().map(this::submit).isPresent()) {
      // a job without concepts of ours is settled at once, and the next one follows
    }
  }

  private Optional<FitJob> next() {
    if (!finals.isEmpty()) {
      return Optional.of(job(FitJob.Kind.FINAL, finals.poll()));
    }
    for (FitJob.Kind kind : List.of(FitJob.Kind.PROVISIONAL, FitJob.Kind.TRANSFER)) {
      Set<String> waiting = kind == FitJob.Kind.PROVISIONAL ? provisionals : transfers;
      if (!waiting.isEmpty()) {
        String key = waiting.iterator().next();
        waiting.remove(key);
        return Optional.of(job(kind, key));
      }
    }
    return Optional.empty();
  }

  private FitJob job(FitJob.Kind kind, String key) {
    ExtractionStarted started = checkpoints.get(key);
    CheckpointProgress now = progress.get(key);
    List<Integer> fitted = Statuses.fitted(started, concepts);
    Map<String, Probe> warm = new HashMap<>();
    Map<String, Probe> base = new HashMap<>();
    String baseline = baseline(started.getRun(), key);
    for (int concept : fitted) {
      String name = started.getConcepts().get(concept).getName();
      probes.read(Role.LAST, started.getRun(), name).ifPresent(probe -> warm.put(name, probe));
      if (!baseline.equals(key)) {
        probes.read(Role.BASE, started.getRun(), name).ifPresent(probe -> base.put(name, probe));
      }
    }
    if (kind == FitJob.Kind.PROVISIONAL) {
      warm.putAll(provisionalProbes.getOrDefault(key, Map.of()));
    }
    return new FitJob(
        kind,
        key,
        started,
        fitted,
        (BitSet) now.rows().clone(),
        matrices.file(key),
        matrices.checked(key),
        new FitJob.Log(
            new TopicPartition(topics.activations(), now.partition()), now.first(), now.last()),
        warm,
        base);
  }

  private FitJob submit(FitJob job) {
    if (job.concepts().isEmpty()) {
      settle(new FitOutcome.Fitted(job, List.of(), Map.of(), 0), context.currentSystemTimeMs());
      return job;
    }
    running = true;
    queue.submit(
        job,
        outcome -> {
          if (!closed) {
            outcomes.add(outcome);
          }
        });
    return job;
  }

  private void settle(FitOutcome outcome, long now) {
    FitJob job = outcome.job();
    CheckpointProgress known = progress.get(job.key());
    if (known.stage() != Stage.RECEIVING
        && job.kind() == FitJob.Kind.PROVISIONAL
        && !(outcome instanceof FitOutcome.Broken)) {
      return; // the final fit is next, or the checkpoint was given up
    }
    switch (outcome) {
      case FitOutcome.Broken broken -> throw broken.cause();
      case FitOutcome.Lost lost ->
          giveUp(job, known, Stage.LOST, Statuses.LOST, () -> statuses.lost(job.started(), now));
      case FitOutcome.Failed failed ->
          giveUp(
              job,
              known,
              Stage.FAILED,
              "fit.failed",
              () -> statuses.failed(job.started(), failed.message(), now));
      case FitOutcome.Fitted fitted -> {
        metrics.fitted(job.kind() == FitJob.Kind.FINAL, fitted.seconds());
        switch (job.kind()) {
          case PROVISIONAL -> provisional(fitted, now);
          case FINAL -> becomeFinal(fitted, known, now);
          case TRANSFER -> transfer(fitted, now);
        }
      }
    }
  }

  private void giveUp(
      FitJob job, CheckpointProgress known, Stage how, String reason, Runnable tell) {
    if (job.kind() == FitJob.Kind.TRANSFER) {
      return; // the probes themselves are final; only the comparison cannot be made
    }
    progress.put(job.key(), known.ended(how));
    matrices.forget(job.key());
    provisionals.remove(job.key());
    provisionalProbes.remove(job.key());
    metrics.ended(reason);
    tell.run();
  }

  private void provisional(FitOutcome.Fitted outcome, long now) {
    Map<String, Probe> stand =
        provisionalProbes.computeIfAbsent(outcome.job().key(), key -> new HashMap<>());
    for (FitResult result : outcome.results()) {
      if (result instanceof FitResult.Fitted fitted) {
        stand.put(result.concept(), fitted.probe());
        send(outcome, result, now);
      }
    }
  }

  private void becomeFinal(FitOutcome.Fitted outcome, CheckpointProgress known, long now) {
    FitJob job = outcome.job();
    String run = job.started().getRun();
    String before = baseline(run, null);
    progress.put(job.key(), known.ended(Stage.FINAL));
    provisionalProbes.remove(job.key());
    String baseline = baseline(run, null);
    for (FitResult result : outcome.results()) {
      ProbeReport report = send(outcome, result, now);
      reports.put(StoreKeys.report(job.key(), result.concept()), report);
      if (result instanceof FitResult.Fitted fitted) {
        probes.write(Role.LAST, run, job, fitted.probe());
        if (baseline.equals(job.key())) {
          probes.write(Role.BASE, run, job, fitted.probe());
        }
      }
    }
    matrices.finished(job.key());
    if (baseline.equals(job.key()) && !baseline.equals(before)) {
      measureAgainstNewBaseline(run, baseline);
    }
  }

  private void measureAgainstNewBaseline(String run, String baseline) {
    try (KeyValueIterator<String, CheckpointProgress> all =
        progress.prefixScan(
            StoreKeys.run(run), new org.apache.kafka.common.serialization.StringSerializer())) {
      all.forEachRemaining(
          entry -> {
            if (entry.value.stage() == Stage.FINAL
                && !entry.key.equals(baseline)
                && matrices.has(entry.key)) {
              transfers.add(entry.key);
            }
          });
    }
  }

  private void transfer(FitOutcome.Fitted outcome, long now) {
    FitJob job = outcome.job();
    String from = checkpoints.get(baseline(job.started().getRun(), null)).getCheckpointId();
    for (Map.Entry<String, Double> accuracy : outcome.transfer().entrySet()) {
      String key = StoreKeys.report(job.key(), accuracy.getKey());
      ProbeReport report = ProbeRecords.transfer(reports.get(key), accuracy.getValue(), from);
      reports.put(key, report);
      forward(job.started().getRun(), accuracy.getKey(), report, now);
    }
  }

  private ProbeReport send(FitOutcome.Fitted outcome, FitResult result, long now) {
    ExtractionStarted started = outcome.job().started();
    if (result instanceof FitResult.Fitted fitted) {
      ProbeRecords.classes(outcome.job(), fitted.probe())
          .forEach(record -> forward(started.getRun(), result.concept(), record, now));
    }
    String baseline = baseline(started.getRun(), null);
    String from = baseline == null ? "" : checkpoints.get(baseline).getCheckpointId();
    ProbeReport report = ProbeRecords.report(outcome, result, settings, from);
    forward(started.getRun(), result.concept(), report, now);
    return report;
  }

  private void forward(String run, String concept, Object record, long now) {
    context.forward(
        new Record<Object, Object>(run + "/" + concept, record, now), ProbeTopology.PROBES);
  }

  /**
   * Key of the baseline among the final checkpoints of a run: the lowest step that was announced as
   * one, else the lowest step.
   *
   * @param with counts as final too; null for none
   * @return null when there is none
   */
  private String baseline(String run, String with) {
    List<String> candidates = new ArrayList<>();
    try (KeyValueIterator<String, CheckpointProgress> all =
        progress.prefixScan(
            StoreKeys.run(run), new org.apache.kafka.common.serialization.StringSerializer())) {
      all.forEachRemaining(
          entry -> {
            if (entry.value.stage() == Stage.FINAL || entry.key.equals(with)) {
              candidates.add(entry.key);
            }
          });
    }
    Comparator<String> flaggedFirst =
        Comparator.comparing(key -> !checkpoints.get(key).getBaseline());
    return candidates.stream()
        .min(flaggedFirst.thenComparing(Comparator.naturalOrder()))
        .orElse(null);
  }

  /** Outcomes of what still runs are not wanted any more. */
  void close() {
    closed = true;
  }
}
