package io.salient.probe.topology;

import io.salient.probe.topology.CheckpointProgress.Stage;
import io.salient.probe.training.FitJob;
import io.salient.probe.training.FitOutcome;
import io.salient.probe.training.FittingQueue;
import io.salient.probe.training.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Decides what is done next. One job of a partition runs at a time, in the order of {@link
 * TierQueue}; each final fit starts from the probes that the one before left in the store.
 *
 * <p>Noise and evaluations do not begin while rows are coming in: the processor then belongs to the
 * extractor and to the fits of these rows. One that runs is interrupted when a fit of new rows
 * waits, and put back. Its result is the same whenever it is made, so nothing but its time so far
 * is lost, once per new checkpoint at most; cut in pieces, it would keep its memory through a final
 * fit or its pieces in the store.
 */
final class FitScheduler {
  /** A status is sent for every so many parts of a job. */
  private static final int TOLD_PARTS = 20;

  /** After so many milliseconds without a row, an extraction has stopped, or is very slow. */
  private static final long SILENCE = 5_000;

  private final ReadOnlyKeyValueStore<String, CheckpointProgress> progress;
  private final FittingQueue fitting;
  private final TierQueue waiting;
  private final FitJobs jobs;
  private final TierOutcomes results;
  private final MatrixFolder matrices;

  private final Map<String, Long> coming = new HashMap<>();
  private final Queue<FitOutcome> outcomes = new ConcurrentLinkedQueue<>();
  private FittingQueue.Ticket running;
  private int told;
  private volatile boolean closed;

  FitScheduler(
      ReadOnlyKeyValueStore<String, CheckpointProgress> progress,
      FittingQueue fitting,
      TierQueue waiting,
      FitJobs jobs,
      TierOutcomes results,
      MatrixFolder matrices) {
    this.progress = progress;
    this.fitting = fitting;
    this.waiting = waiting;
    this.jobs = jobs;
    this.results = results;
    this.matrices = matrices;
  }

  /** After a start: what was complete and not done when the last life ended, in its order. */
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
          waiting.add(Tier.FINAL, entry.key);
        }
        case FINAL -> {
          if (results.takeUp(entry.key)) {
            needed.add(entry.key);
          }
        }
        case LOST, FAILED -> {} // nothing of theirs is needed
      }
    }
    matrices.sweep(needed);
  }

  /** A checkpoint was opened in this life, so all its rows will be written in it. */
  void opened(String key, long now) {
    matrices.made(key);
    rowsCame(key, now);
  }

  /** Rows of a checkpoint came in, and others are missing. */
  void rowsCame(String key, long now) {
    coming.put(key, now);
  }

  /** Enough rows have come for another provisional fit. */
  void provisional(String key) {
    warn(key);
    if (results.asks(Tier.PROVISIONAL)) {
      waiting.add(Tier.PROVISIONAL, key);
    }
  }

  private void warn(String key) {
    if (results.asks(Tier.EARLY)) {
      waiting.add(Tier.EARLY, key);
    }
  }

  /** All rows are there. */
  void complete(String key) {
    coming.remove(key);
    dropProvisional(key);
    warn(key);
    waiting.add(Tier.FINAL, key);
  }

  /** A checkpoint was given up, or begins anew. */
  void forget(String key) {
    coming.remove(key);
    dropProvisional(key);
    results.forget(key);
  }

  private void dropProvisional(String key) {
    waiting.remove(Tier.PROVISIONAL, key);
    waiting.remove(Tier.EARLY, key);
    if (running != null
        && (running.job().tier() == Tier.PROVISIONAL || running.job().tier() == Tier.EARLY)
        && running.job().key().equals(key)) {
      running.cancel();
    }
  }

  /** Sends on what was done, and starts what is next. */
  void work(long now) {
    results.tellLeftOut(now);
    for (FitOutcome outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
      running = null;
      told = 0;
      results.settle(outcome, now);
    }
    if (running != null) {
      interrupt();
      tell(now);
    }
    while (running == null) {
      Optional<TierQueue.Work> next = waiting.next(!areRowsComing(now));
      if (next.isEmpty()) {
        return;
      }
      start(next.get(), now);
    }
  }

  private boolean areRowsComing(long now) {
    return coming.values().stream().anyMatch(last -> now - last < SILENCE);
  }

  private void interrupt() {
    if (running.job().tier().isPatient() && waiting.hasUrgent()) {
      running.cancel();
    }
  }

  private void tell(long now) {
    int part = (int) (running.done() * TOLD_PARTS);
    if (part > told) {
      told = part;
      results.tell(running.job(), 100 * part / TOLD_PARTS, now);
    }
  }

  private void start(TierQueue.Work work, long now) {
    if (!isWanted(work)) {
      return;
    }
    FitJob job = jobs.of(work, results.provisionalOf(work.key()));
    if (job.concepts().isEmpty()) { // none of ours: settled at once
      results.settleEmpty(job, now);
      return;
    }
    running =
        fitting.submit(
            job,
            outcome -> {
              if (!closed) {
                outcomes.add(outcome);
              }
            });
    results.begin(job, now);
  }

  /** A matrix may have gone since a transfer was asked for; a tier, to a checkpoint begun anew. */
  private boolean isWanted(TierQueue.Work work) {
    return switch (work.tier()) {
      case EARLY, PROVISIONAL, FINAL -> true;
      case TRANSFER -> matrices.has(work.key());
      case NOISE, EVALUATION -> progress.get(work.key()).stage() == Stage.FINAL;
    };
  }

  /** What still runs is not wanted any more. */
  void close() {
    closed = true;
    waiting.clear();
    if (running != null) {
      running.cancel();
    }
  }
}
