package io.salient.probe.topology;

import io.salient.probe.training.FitJob;
import io.salient.probe.training.Tier;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the tiers of a run took so far, to tell what the next ones will take. Known of this life of
 * the process only: after a restart nothing is said until the first checkpoint has passed.
 */
final class TierCosts {
  private final int splits;
  private final Map<String, Double> seconds = new HashMap<>();

  /**
   * Nothing is known yet.
   *
   * @param splits of the train sentences that noise is measured by
   */
  TierCosts(int splits) {
    this.splits = splits;
  }

  /** Takes in what a job took. */
  void took(FitJob job, double took) {
    seconds.put(key(job.started().getRun(), job.tier()), took);
  }

  /**
   * Seconds that a tier of a checkpoint will take: as the same tier of the last checkpoint of its
   * run. The first noise is taken from the final fit: the two halves of a split have as many words.
   */
  OptionalDouble estimate(String run, Tier tier) {
    Double known = seconds.get(key(run, tier));
    if (known == null && tier == Tier.NOISE) {
      Double fit = seconds.get(key(run, Tier.FINAL));
      known = fit == null ? null : Double.valueOf(fit * splits);
    }
    return known == null ? OptionalDouble.empty() : OptionalDouble.of(known);
  }

  private static String key(String run, Tier tier) {
    return run + "/" + tier;
  }
}
