package io.salient.probe.topology;

import io.salient.probe.topology.CheckpointProgress.End;
import io.salient.probe.topology.CheckpointProgress.Ends;
import io.salient.probe.topology.CheckpointProgress.Stage;
import io.salient.probe.training.FitJob;
import io.salient.probe.training.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which tiers of the final checkpoints are still to be done, by the store: a restart takes them up.
 */
final class OpenTiers {
  private final Set<Tier> asked;
  private final KeyValueStore<String, CheckpointProgress> progress;
  private final RunBaselines baselines;

  OpenTiers(
      Set<Tier> asked, KeyValueStore<String, CheckpointProgress> progress, RunBaselines baselines) {
    this.asked = asked;
    this.progress = progress;
    this.baselines = baselines;
  }

  /** True for the key of a checkpoint that others are, or will be, measured against. */
  boolean isBaseline(String key) {
    return key.equals(baselines.expected(run(key)));
  }

  /** True when a tier was asked for. */
  boolean asks(Tier tier) {
    return asked.contains(tier);
  }

  /** The open tiers of a checkpoint; none unless its probes are final. */
  List<Tier> of(String key) {
    CheckpointProgress now = progress.get(key);
    List<Tier> open = new ArrayList<>();
    if (now == null || now.stage() != Stage.FINAL) {
      return open;
    }
    if (asked.contains(Tier.NOISE) && now.ends().noise() == End.OPEN) {
      open.add(Tier.NOISE);
    }
    if (asked.contains(Tier.EVALUATION) && now.ends().evaluation() == End.OPEN) {
      open.add(Tier.EVALUATION);
    }
    return open;
  }

  /** Open tiers that are no longer asked for: this life has other settings than the last. */
  List<Tier> notAsked(String key) {
    Ends ends = progress.get(key).ends();
    List<Tier> tiers = new ArrayList<>();
    if (!asked.contains(Tier.NOISE) && ends.noise() == End.OPEN) {
      tiers.add(Tier.NOISE);
    }
    if (!asked.contains(Tier.EVALUATION) && ends.evaluation() == End.OPEN) {
      tiers.add(Tier.EVALUATION);
    }
    return tiers;
  }

  /** Notes that a tier is not to be done. */
  void leaveOut(String key, Tier tier) {
    CheckpointProgress now = progress.get(key);
    progress.put(
        key,
        now.with(
            tier == Tier.NOISE
                ? now.ends().withNoise(End.LEFT_OUT)
                : now.ends().withEvaluation(End.LEFT_OUT)));
  }

  /** Notes how a later tier ended. */
  void end(FitJob job, End how) {
    CheckpointProgress now = progress.get(job.key());
    Ends ends = now.ends();
    progress.put(
        job.key(),
        now.with(job.tier() == Tier.NOISE ? ends.withNoise(how) : ends.withEvaluation(how)));
  }

  /** Key of the run's baseline, as far as is known; null when there is none. */
  String baseline(String run) {
    return baselines.expected(run);
  }

  static String run(String key) {
    return key.substring(0, key.indexOf('/'));
  }
}
