package io.salient.lca.drift;

import java.util.Arrays;
import java.util.OptionalDouble;
import smile.stat.distribution.TDistribution;

/**
 * What chance does to a similarity: B null similarities between replicate fits of the baseline, one
 * for each of B random splits of the sentences. An observed similarity is exchangeable with them
 * when nothing has drifted, so its p-value is uniform on 1/(B+1) .. 1.
 *
 * <p>A p-value cannot be less than 1/(B+1). {@link #isBeyond} therefore asks for two things: that
 * no more null similarities are as low as the level allows, and that the observed one lies below
 * the one-sided prediction limit of a further draw, mean - t(1 - level; B - 1) sd sqrt(1 + 1/B).
 */
public final class NoiseFloor {
  private final double[] nulls;
  private final double mean;
  private final double sd;

  private NoiseFloor(double[] nulls) {
    this.nulls = nulls;
    mean = Arrays.stream(nulls).average().orElse(Double.NaN);
    double squares = Arrays.stream(nulls).map(x -> (x - mean) * (x - mean)).sum();
    sd = nulls.length < 2 ? Double.NaN : Math.sqrt(squares / (nulls.length - 1));
  }

  /** Of null similarities, at least one. */
  public static NoiseFloor of(double... nulls) {
    if (nulls.length == 0 || Arrays.stream(nulls).anyMatch(Double::isNaN)) {
      throw new IllegalArgumentException("null similarities " + Arrays.toString(nulls));
    }
    return new NoiseFloor(nulls.clone());
  }

  /** B, the number of null similarities. */
  public int replicates() {
    return nulls.length;
  }

  /** Their mean. */
  public double mean() {
    return mean;
  }

  /** Their standard deviation; NaN for a single one. */
  public double sd() {
    return sd;
  }

  /** (mean - similarity) / sd; empty when the null similarities do not vary. */
  public OptionalDouble calibrated(double similarity) {
    return sd > 0 ? OptionalDouble.of((mean - similarity) / sd) : OptionalDouble.empty();
  }

  /** p = (1 + #{null &lt;= similarity}) / (B + 1). */
  public double pValue(double similarity) {
    long asLow = Arrays.stream(nulls).filter(x -> x <= similarity).count();
    return (1.0 + asLow) / (nulls.length + 1);
  }

  /**
   * True when a similarity is lower than chance explains.
   *
   * @param level of a false alarm, below 0.5
   * @param resolution the least standard deviation that is believed: similarities of cut rankings
   *     come in steps
   * @throws IllegalStateException with fewer than two null similarities
   */
  public boolean isBeyond(double similarity, double level, double resolution) {
    if (nulls.length < 2) {
      throw new IllegalStateException("one null similarity has no spread");
    }
    double t = new TDistribution(nulls.length - 1).quantile(1 - level);
    double limit = mean - t * Math.max(sd, resolution) * Math.sqrt(1 + 1.0 / nulls.length);
    return similarity < limit && pValue(similarity) <= Math.max(level, 1.0 / (nulls.length + 1));
  }
}
