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
  private final int nulls;
  private final Map<String, Double> seconds = new HashMap<>();

  /**
   * Nothing is known yet.
   *
   * @param nulls splits that the baseline's noise has beside the one of every checkpoint
   */
  TierCosts(int nulls) {
    this.nulls = nulls;
  }

  /** Takes in what a job took. */
  void took(FitJob job, double took) {
    double perUnit = job.tier() == Tier.NOISE ? took / splits(job.measuresNulls()) : took;
    seconds.put(key(job.started().getRun(), job.tier()), perUnit);
  }

  /**
   * Seconds that a tier of a checkpoint will take: as the same tier of the last checkpoint of its
   * run. The first noise is taken from the final fit: the two halves of a split have as many words.
   */
  OptionalDouble estimate(String run, Tier tier, boolean measuresNulls) {
    Double known = seconds.get(key(run, tier));
    if (known == null && tier == Tier.NOISE) {
      known = seconds.get(key(run, Tier.FINAL));
    }
    if (known == null) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(tier == Tier.NOISE ? known * splits(measuresNulls) : known);
  }

  private int splits(boolean measuresNulls) {
    return measuresNulls ? 1 + nulls : 1;
  }

  private static String key(String run, Tier tier) {
    return run + "/" + tier;
  }
}
