package io.salient.probe.topology;

import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.Probe;
import io.salient.probe.topology.CheckpointProgress.End;
import io.salient.probe.topology.CheckpointProgress.Stage;
import io.salient.probe.training.FitJob;
import io.salient.probe.training.FitOutcome;
import io.salient.probe.training.Tier;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.streams.log.CheckpointLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What comes of a job: results are sent on and kept, the store notes that the tier is done, people
 * are told, and what follows from it is queued.
 */
final class TierOutcomes {
  private static final CheckpointLog EVENTS = new CheckpointLog(TierOutcomes.class);

  private final LaterResults later;
  private final FitResults results;
  private final OpenTiers open;
  private final TierQueue waiting;
  private final MatrixFolder matrices;
  private final Statuses statuses;
  private final TierStates states;
  private final TierCosts costs;
  private final ProbeMetrics metrics;
  private final KeyValueStore<String, CheckpointProgress> progress;
  private final Map<String, Map<String, Probe>> provisionalProbes = new HashMap<>();
  private final List<String> leftOut = new ArrayList<>();

  TierOutcomes(
      LaterResults later,
      FitResults results,
      OpenTiers open,
      TierQueue waiting,
      MatrixFolder matrices,
      Statuses statuses,
      TierStates states,
      TierCosts costs,
      ProbeMetrics metrics,
      KeyValueStore<String, CheckpointProgress> progress) {
    this.later = later;
    this.results = results;
    this.open = open;
    this.waiting = waiting;
    this.matrices = matrices;
    this.statuses = statuses;
    this.states = states;
    this.costs = costs;
    this.metrics = metrics;
    this.progress = progress;
  }

  /** True when a tier was asked for. */
  boolean asks(Tier tier) {
    return open.asks(tier);
  }

  /** Queues what is open of a final checkpoint; true when its matrix is to be kept. */
  boolean takeUp(String key) {
    boolean kept = matrices.has(key);
    if (kept && results.unmeasured(key)) {
      waiting.add(Tier.TRANSFER, key);
    }
    if (!open.notAsked(key).isEmpty()) {
      leftOut.add(key);
    }
    return queueOpen(key) || kept;
  }

  /** Tells of the tiers that the last life had still to do, and this one is not asked for. */
  void tellLeftOut(long now) {
    for (String key : leftOut) {
      ExtractionStarted started = results.started(key);
      for (Tier tier : open.notAsked(key)) {
        open.leaveOut(key, tier);
        tellNone(tier, key, started, whyLeftOut(), now);
      }
      statuses.ranked(started, now);
    }
    leftOut.clear();
  }

  private String whyLeftOut() {
    String settings = "salient.probe.tiers";
    if (!results.method().needsProbe()) {
      settings += ", or salient.probe.method, which needs no probe";
    }
    return "left out since the last start: " + settings;
  }

  /** So that nobody waits for a tier that has no result. */
  private void tellNone(Tier tier, String key, ExtractionStarted started, String why, long now) {
    if (tier == Tier.NOISE) {
      later.noNoise(started, results.finals(key, started), why, now);
    } else {
      later.noEvaluation(started, results.rankedBy(key, started), why, now);
    }
  }

  /** Queues the open tiers of a final checkpoint; true when there are any. */
  private boolean queueOpen(String key) {
    List<Tier> tiers = open.of(key);
    tiers.forEach(tier -> waiting.add(tier, key));
    if (tiers.isEmpty()) {
      matrices.finished(key);
    } else {
      matrices.needed(key);
    }
    return !tiers.isEmpty();
  }

  /** Probes of a checkpoint on some of its rows, by concept. */
  Map<String, Probe> provisionalOf(String key) {
    return provisionalProbes.getOrDefault(key, Map.of());
  }

  /** Nothing of a checkpoint is wanted any more. */
  void forget(String key) {
    provisionalProbes.remove(key);
    waiting.forget(key);
    states.forget(key);
    matrices.forget(key);
    String baseline = open.baseline(OpenTiers.run(key));
    if (baseline != null && !open.of(baseline).isEmpty()) {
      queueOpen(baseline); // it may have become one just now
    }
  }

  /** A job was submitted. */
  void begin(FitJob job, long now) {
    tell(job, 0, now);
  }

  /** A job is so far. */
  void tell(FitJob job, int percent, long now) {
    states.running(new TierQueue.Work(job.tier(), job.key()), percent);
    switch (job.tier()) {
      case FINAL -> statuses.fitting(job.started(), percent, now);
      case NOISE, EVALUATION -> statuses.ranked(job.started(), now);
      case EARLY, PROVISIONAL, TRANSFER -> {} // short, or told with the rows
    }
  }

  /** Takes an outcome in. */
  void settle(FitOutcome outcome, long now) {
    FitJob job = outcome.job();
    states.running(null, 0);
    switch (outcome) {
      case FitOutcome.Broken broken -> throw broken.cause();
      case FitOutcome.Dropped dropped -> putBack(job, now);
      case FitOutcome.Lost lost -> {
        if (giveUp(job, Stage.LOST, Statuses.EXPIRED, Statuses.LOST, now)) {
          statuses.lost(job.started(), now);
        }
      }
      case FitOutcome.Failed failed -> {
        if (giveUp(job, Stage.FAILED, failed.message(), "fit.failed", now)) {
          statuses.failed(job.started(), failed.message(), now);
        }
      }
      case FitOutcome.Early early -> {
        took(job, early.seconds());
        results.early(early, now);
      }
      case FitOutcome.Fitted fitted -> keep(fitted, now);
      case FitOutcome.Transferred transferred -> results.transfer(transferred, now);
      case FitOutcome.Replicated replicated -> {
        took(job, replicated.seconds());
        metrics.unconverged(job.tier(), replicated.unconverged());
        later.noise(replicated, now);
        end(job, End.DONE, now);
      }
      case FitOutcome.Evaluated evaluated -> {
        took(job, evaluated.seconds());
        later.evaluation(evaluated, now);
        end(job, End.DONE, now);
      }
    }
  }

  /** A checkpoint of which this deployment fits no concept. */
  void settleEmpty(FitJob job, long now) {
    if (job.tier() != Tier.EARLY && job.tier() != Tier.TRANSFER) {
      keep(FitOutcome.Fitted.nothing(job), now);
    }
  }

  private void took(FitJob job, double seconds) {
    metrics.fitted(job.tier(), seconds);
    costs.took(job, seconds);
    ExtractionStarted of = job.started();
    EVENTS.info(
        of.getRun(),
        of.getStep(),
        String.format(Locale.ROOT, "%s took %.1f s", job.tier().text(), seconds));
  }

  /** What gave way to new rows is done later; nobody waits for anything else that was dropped. */
  private void putBack(FitJob job, long now) {
    if (job.tier().isPatient() && open.of(job.key()).contains(job.tier())) {
      waiting.add(job.tier(), job.key());
      statuses.ranked(job.started(), now);
    }
  }

  /**
   * False where the checkpoint itself is not given up: for a provisional fit that its final one has
   * overtaken, where only the comparison with a late baseline cannot be made, and for tiers that
   * complete a result, which end with the reason. What an early ranking meets, the final fit meets
   * too, and tells.
   */
  private boolean giveUp(FitJob job, Stage how, String message, String reason, long now) {
    ExtractionStarted of = job.started();
    EVENTS.warn(of.getRun(), of.getStep(), job.tier().text() + " given up: " + message);
    CheckpointProgress known = progress.get(job.key());
    if (job.tier().isPatient()) {
      states.failed(new TierQueue.Work(job.tier(), job.key()), message);
      tellNone(job.tier(), job.key(), job.started(), message, now);
      metrics.ended(job.tier().text() + ".failed");
      end(job, End.FAILED, now);
      return false;
    }
    boolean wanted =
        job.tier() == Tier.FINAL
            || (job.tier() == Tier.PROVISIONAL && known.stage() == Stage.RECEIVING);
    if (wanted) {
      progress.put(job.key(), known.ended(how));
      forget(job.key());
      metrics.ended(reason);
    }
    return wanted;
  }

  private void end(FitJob job, End how, long now) {
    open.end(job, how);
    statuses.ranked(job.started(), now);
    if (!queueOpen(job.key())) {
      results.finished(job.key(), job.started());
    }
  }

  private void keep(FitOutcome.Fitted fitted, long now) {
    FitJob job = fitted.job();
    took(job, fitted.seconds());
    metrics.unconverged(job.tier(), fitted.unconverged());
    switch (job.tier()) {
      case PROVISIONAL -> {
        if (progress.get(job.key()).stage() == Stage.RECEIVING) {
          stand(fitted);
          results.provisional(fitted, now);
        }
      }
      case FINAL -> becomeFinal(fitted, now);
      case EARLY, TRANSFER, NOISE, EVALUATION ->
          throw new IllegalStateException("no probes come of " + job.tier());
    }
  }

  private void becomeFinal(FitOutcome.Fitted fitted, long now) {
    String key = fitted.job().key();
    ExtractionStarted started = fitted.job().started();
    provisionalProbes.remove(key);
    results
        .becomeFinal(fitted, progress.get(key), now)
        .forEach(other -> waiting.add(Tier.TRANSFER, other));
    if (!queueOpen(key)) {
      results.finished(key, started);
    }
    statuses.ranked(started, now);
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
}
