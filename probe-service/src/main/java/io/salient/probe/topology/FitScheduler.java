package io.salient.probe.topology;

import io.salient.lca.evaluation.CheckpointEvaluation;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.Probe;
import io.salient.probe.topology.CheckpointProgress.Stage;
import io.salient.probe.training.FitJob;
import io.salient.probe.training.FitOutcome;
import io.salient.probe.training.FittingQueue;
import io.salient.schemas.Topics;
import io.salient.schemas.avro.ExtractionStarted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
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
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Decides what is fitted next. One job of a partition runs at a time: early rankings before any
 * fit, then final ones, in the order in which their checkpoints became complete, each starting from
 * the probes that the one before left in the store. So the chain of warm starts depends on the log
 * alone, and a crash changes nothing.
 */
final class FitScheduler {
  /** A status is sent for every so many parts of a fit. */
  private static final int TOLD_PARTS = 20;

  private final Topics topics;
  private final Set<String> concepts;
  private final FittingQueue queue;
  private final MatrixFolder matrices;
  private final Statuses statuses;
  private final FitResults results;
  private final ProbeMetrics metrics;
  private final boolean earlyWarning;
  private final KeyValueStore<String, ExtractionStarted> checkpoints;
  private final KeyValueStore<String, CheckpointProgress> progress;

  private final Deque<String> finals = new ArrayDeque<>();
  private final Set<String> provisionals = new LinkedHashSet<>();
  private final Set<String> earlies = new LinkedHashSet<>();
  private final Set<String> transfers = new LinkedHashSet<>();
  private final Map<String, Map<String, Probe>> provisionalProbes = new HashMap<>();
  private final Queue<FitOutcome> outcomes = new ConcurrentLinkedQueue<>();
  private FittingQueue.Ticket running;
  private int told;
  private volatile boolean closed;

  FitScheduler(
      ProcessorContext<Object, Object> context,
      Topics topics,
      Set<String> concepts,
      FittingQueue queue,
      MatrixFolder matrices,
      Statuses statuses,
      FitResults results,
      ProbeMetrics metrics,
      boolean earlyWarning) {
    this.topics = topics;
    this.concepts = concepts;
    this.queue = queue;
    this.matrices = matrices;
    this.statuses = statuses;
    this.results = results;
    this.metrics = metrics;
    this.earlyWarning = earlyWarning;
    this.checkpoints = context.getStateStore(ProbeStores.CHECKPOINTS);
    this.progress = context.getStateStore(ProbeStores.PROGRESS);
  }

  /** After a start: what was complete and not fitted when the last life ended, in its order. */
  void takeUp() {
    List<KeyValue<String, CheckpointProgress>> known = new ArrayList<>();
    try (KeyValueIterator<String, CheckpointProgress> all = progress.all()) {
      all.forEachRemaining(known::add);
    }
    known.sort(Comparator.comparingLong(entry -> entry.value.completed()));
    Set<String> needed = new HashSet<>();
    for (KeyValue<String, CheckpointProgress> entry : known) {
      switch (entry.value.stage()) {
        case RECEIVING -> needed.add(entry.key);
        case COMPLETE -> {
          needed.add(entry.key);
          warn(entry.key);
          finals.add(entry.key);
        }
        case FINAL -> takeUpFinal(entry.key, needed);
        case LOST, FAILED -> {} // nothing of theirs is needed
      }
    }
    matrices.sweep(needed);
  }

  private void takeUpFinal(String key, Set<String> needed) {
    if (matrices.has(key)) {
      needed.add(key);
      matrices.finished(key);
      if (results.unmeasured(key)) {
        transfers.add(key);
      }
    }
  }

  /** A checkpoint was opened in this life, so all its rows will be written in it. */
  void opened(String key) {
    matrices.made(key);
  }

  /** Enough rows have come for another provisional fit. */
  void provisional(String key) {
    warn(key);
    provisionals.add(key);
  }

  private void warn(String key) {
    if (earlyWarning) {
      earlies.add(key);
    }
  }

  /** All rows are there. */
  void complete(String key) {
    dropProvisional(key);
    warn(key);
    finals.add(key);
  }

  /** A checkpoint was given up, or begins anew. */
  void forget(String key) {
    dropProvisional(key);
    provisionalProbes.remove(key);
    matrices.forget(key);
  }

  private void dropProvisional(String key) {
    provisionals.remove(key);
    earlies.remove(key);
    if (running != null
        && (running.job().kind() == FitJob.Kind.PROVISIONAL
            || running.job().kind() == FitJob.Kind.EARLY)
        && running.job().key().equals(key)) {
      running.cancel();
    }
  }

  /** Sends on what was fitted, and starts what is next. */
  void work(long now) {
    for (FitOutcome outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
      running = null;
      settle(outcome, now);
    }
    tell(now);
    while (running == null) {
      FitJob next = next();
      if (next == null) {
        return;
      }
      start(next, now);
    }
  }

  /** Says how far a long final fit is. */
  private void tell(long now) {
    int part = running == null ? 0 : (int) (running.done() * TOLD_PARTS);
    if (part > told && running.job().kind() == FitJob.Kind.FINAL) {
      statuses.fitting(running.job().started(), 100 * part / TOLD_PARTS, now);
    }
    told = part;
  }

  private FitJob next() {
    if (!earlies.isEmpty()) {
      return job(FitJob.Kind.EARLY, takeFirst(earlies));
    }
    if (!finals.isEmpty()) {
      return job(FitJob.Kind.FINAL, finals.poll());
    }
    if (!provisionals.isEmpty()) {
      return job(FitJob.Kind.PROVISIONAL, takeFirst(provisionals));
    }
    while (!transfers.isEmpty()) {
      String key = takeFirst(transfers);
      if (matrices.has(key)) {
        return job(FitJob.Kind.TRANSFER, key);
      }
    }
    return null;
  }

  private static String takeFirst(Set<String> keys) {
    String first = keys.iterator().next();
    keys.remove(first);
    return first;
  }

  private FitJob job(FitJob.Kind kind, String key) {
    ExtractionStarted started = checkpoints.get(key);
    CheckpointProgress now = progress.get(key);
    Map<String, Probe> warm = new HashMap<>();
    if (kind == FitJob.Kind.PROVISIONAL || kind == FitJob.Kind.FINAL) {
      warm.putAll(results.last(started));
    }
    if (kind == FitJob.Kind.PROVISIONAL) {
      warm.putAll(provisionalProbes.getOrDefault(key, Map.of()));
    }
    return new FitJob(
        kind,
        key,
        started,
        Statuses.fitted(started, concepts),
        (BitSet) now.rows().clone(),
        matrices.file(key),
        matrices.checked(key),
        new FitJob.Log(
            new TopicPartition(topics.activations(), now.partition()), now.first(), now.last()),
        warm,
        results.base(key, started),
        results.mayBeBaseline(key, started));
  }

  private void start(FitJob job, long now) {
    if (job.concepts().isEmpty()) { // none of ours: settled at once
      if (job.kind() == FitJob.Kind.EARLY) {
        return;
      }
      settle(
          new FitOutcome.Fitted(
              job,
              List.of(),
              Map.of(),
              Map.of(),
              Map.of(),
              CheckpointEvaluation.Result.NONE,
              Map.of(),
              Optional.empty(),
              Map.of(),
              0),
          now);
      return;
    }
    running =
        queue.submit(
            job,
            outcome -> {
              if (!closed) {
                outcomes.add(outcome);
              }
            });
  }

  private void settle(FitOutcome outcome, long now) {
    FitJob job = outcome.job();
    CheckpointProgress known = progress.get(job.key());
    switch (outcome) {
      case FitOutcome.Broken broken -> throw broken.cause();
      case FitOutcome.Dropped dropped -> {} // nobody waits for it
      case FitOutcome.Lost lost -> {
        if (wanted(job, known)) {
          giveUp(job, known, Stage.LOST, Statuses.LOST);
          statuses.lost(job.started(), now);
        }
      }
      case FitOutcome.Failed failed -> {
        if (wanted(job, known)) {
          giveUp(job, known, Stage.FAILED, "fit.failed");
          statuses.failed(job.started(), failed.message(), now);
        }
      }
      case FitOutcome.Early early -> {
        metrics.fitted(job.kind(), early.seconds());
        results.early(early, now);
      }
      case FitOutcome.Fitted fitted -> keep(fitted, known, now);
    }
  }

  /**
   * False for a provisional fit that its final one has overtaken, and where only the comparison
   * with a late baseline cannot be made: the probes themselves are final. What an early ranking
   * meets, the final fit meets too, and tells.
   */
  private static boolean wanted(FitJob job, CheckpointProgress known) {
    return switch (job.kind()) {
      case PROVISIONAL -> known.stage() == Stage.RECEIVING;
      case FINAL -> true;
      case EARLY, TRANSFER -> false;
    };
  }

  private void giveUp(FitJob job, CheckpointProgress known, Stage how, String reason) {
    progress.put(job.key(), known.ended(how));
    forget(job.key());
    metrics.ended(reason);
  }

  private void keep(FitOutcome.Fitted fitted, CheckpointProgress known, long now) {
    FitJob job = fitted.job();
    metrics.fitted(job.kind(), fitted.seconds());
    switch (job.kind()) {
      case PROVISIONAL -> {
        if (wanted(job, known)) {
          stand(fitted);
          results.provisional(fitted, now);
        }
      }
      case FINAL -> {
        provisionalProbes.remove(job.key());
        transfers.addAll(results.becomeFinal(fitted, known, now));
        matrices.finished(job.key());
      }
      case TRANSFER -> results.transfer(fitted, now);
      case EARLY -> throw new IllegalStateException("an early ranking fits nothing");
    }
  }

  /** Where the next provisional fit starts. */
  private void stand(FitOutcome.Fitted fitted) {
    Map<String, Probe> stand =
        provisionalProbes.computeIfAbsent(fitted.job().key(), key -> new HashMap<>());
    for (FitResult result : fitted.results()) {
      if (result instanceof FitResult.Fitted probe) {
        stand.put(result.concept(), probe.probe());
      }
    }
  }

  /** What still runs is not wanted any more. */
  void close() {
    closed = true;
    if (running != null) {
      running.cancel();
    }
  }
}
