package io.salient.lca.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What training does to a ranking whatever its seed, and what the seed does: S runs from one
 * baseline, each ranked on the halves of the same splits.
 *
 * <pre>
 * rho_train = mean c_0i / sqrt(r_0 mean over i &lt; j of c_ij)     what all seeds share with the baseline
 * rho_seed  = mean over i &lt; j of c_ij / mean r_i                what two seeds share
 * mean c_0i / sqrt(r_0 mean r_i) = rho_train sqrt(rho_seed)
 * </pre>
 *
 * <p>r: similarity within a checkpoint, c: across two ({@link SplitSimilarities}); 0 is the
 * baseline, i and j are runs; all are means over splits too. The variance of ln rho is that between
 * runs by the jackknife, (S - 1)/S sum (J_i - mean J)^2, plus that of the splits; limits by t(.95;
 * S - 1).
 */
public final class SeedAgreement {
  /** With fewer runs there are no limits. */
  public static final int FEWEST_RUNS = 3;

  private final double[] withinBaseline;
  private final List<double[]> withinRuns;
  private final List<double[]> acrossBaseline;

  /** c_ij for i &lt; j, by i, then j - i - 1. */
  private final List<List<double[]>> acrossRuns;

  private SeedAgreement(
      double[] withinBaseline,
      List<double[]> withinRuns,
      List<double[]> acrossBaseline,
      List<List<double[]>> acrossRuns) {
    this.withinBaseline = withinBaseline;
    this.withinRuns = withinRuns;
    this.acrossBaseline = acrossBaseline;
    this.acrossRuns = acrossRuns;
  }

  /**
   * A correlation with its limits.
   *
   * @param rho at least 0
   * @param lower one-sided limit of 95 %; empty with fewer than {@link #FEWEST_RUNS} runs, one
   *     split, or where rho is 0
   * @param upper likewise
   */
  public record Estimate(double rho, OptionalDouble lower, OptionalDouble upper) {}

  /**
   * Compares.
   *
   * @param baseline that all runs set out from
   * @param runs at least two
   * @throws IllegalArgumentException with one run, or when the numbers of splits differ
   */
  public static SeedAgreement of(
      HalfLists baseline, List<HalfLists> runs, TruncatedOverlap overlap) {
    if (runs.size() < 2) {
      throw new IllegalArgumentException(
          "seeds of " + runs.size() + " runs: at least 2 are needed");
    }
    List<List<double[]>> across = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      List<double[]> others = new ArrayList<>();
      for (int j = i + 1; j < runs.size(); j++) {
        others.add(SplitSimilarities.across(runs.get(i), runs.get(j), overlap));
      }
      across.add(others);
    }
    return new SeedAgreement(
        SplitSimilarities.within(baseline, overlap),
        runs.stream().map(run -> SplitSimilarities.within(run, overlap)).toList(),
        runs.stream().map(run -> SplitSimilarities.across(baseline, run, overlap)).toList(),
        across);
  }

  /** Means over some of the runs, by split: r_0, r_i, c_0i and c_ij. */
  private record Means(double[] baseline, double[] within, double[] train, double[] seeds) {}

  /** r_0, 0 to 1: what another half finds of the baseline's list. */
  public double reproducibility() {
    return mean(withinBaseline);
  }

  /** r_i of a run. */
  public double reproducibility(int run) {
    return mean(withinRuns.get(run));
  }

  /** c_0i of a run. */
  public double acrossBaseline(int run) {
    return mean(acrossBaseline.get(run));
  }

  /** Mean c_ij. */
  public double acrossRuns() {
    return mean(without(-1).seeds());
  }

  /**
   * False where halves of the baseline, or of the runs on the mean, agree too little with each
   * other to say anything.
   */
  public boolean isReproducible() {
    return Math.min(reproducibility(), mean(without(-1).within())) >= RankingChange.REPRODUCIBLE;
  }

  /** rho_train. */
  public Estimate train() {
    return estimate(
        of -> mean(of.train()) / Math.sqrt(mean(of.baseline()) * mean(of.seeds())),
        of -> terms(of.train(), 1, of.baseline(), -0.5, of.seeds(), -0.5));
  }

  /** rho_seed. */
  public Estimate seed() {
    return estimate(
        of -> mean(of.seeds()) / mean(of.within()),
        of -> terms(of.seeds(), 1, of.within(), -1, of.within(), 0));
  }

  private interface Terms {
    double[] of(Means means);
  }

  private Estimate estimate(ToDoubleFunction<Means> rho, Terms terms) {
    Means all = without(-1);
    double value = rho.applyAsDouble(all);
    int runs = withinRuns.size();
    if (runs < FEWEST_RUNS || withinBaseline.length < 2 || !(value > 0)) {
      return new Estimate(value, OptionalDouble.empty(), OptionalDouble.empty());
    }
    double[] jackknife =
        IntStream.range(0, runs)
            .mapToDouble(run -> Math.log(rho.applyAsDouble(without(run))))
            .toArray();
    if (!DoubleStream.of(jackknife).allMatch(Double::isFinite)) {
      return new Estimate(value, OptionalDouble.empty(), OptionalDouble.empty()); // one run is all
    }
    double centre = mean(jackknife);
    double between = 0;
    for (double one : jackknife) {
      between += (one - centre) * (one - centre);
    }
    between *= (runs - 1.0) / runs;
    double[] g = terms.of(all);
    boolean exact = DoubleStream.of(g).allMatch(term -> term == 0);
    double error = SplitVariance.of(g, exact).error();
    double margin = SplitVariance.t(runs - 1) * Math.sqrt(between + error * error);
    return new Estimate(
        value,
        OptionalDouble.of(value * Math.exp(-margin)),
        OptionalDouble.of(value * Math.exp(margin)));
  }

  /** Terms of ln(a^p b^q c^r) by split, linearised about the means. */
  private static double[] terms(double[] a, double p, double[] b, double q, double[] c, double r) {
    double meanA = mean(a);
    double meanB = mean(b);
    double meanC = mean(c);
    double sum = p + q + r;
    return IntStream.range(0, a.length)
        .mapToDouble(m -> p * a[m] / meanA + q * b[m] / meanB + r * c[m] / meanC - sum)
        .toArray();
  }

  private Means without(int left) {
    List<double[]> within = new ArrayList<>();
    List<double[]> train = new ArrayList<>();
    List<double[]> seeds = new ArrayList<>();
    for (int i = 0; i < withinRuns.size(); i++) {
      if (i != left) {
        within.add(withinRuns.get(i));
        train.add(acrossBaseline.get(i));
        for (int j = i + 1; j < withinRuns.size(); j++) {
          if (j != left) {
            seeds.add(acrossRuns.get(i).get(j - i - 1));
          }
        }
      }
    }
    return new Means(withinBaseline, bySplit(within), bySplit(train), bySplit(seeds));
  }

  private double[] bySplit(List<double[]> similarities) {
    return IntStream.range(0, withinBaseline.length)
        .mapToDouble(m -> similarities.stream().mapToDouble(one -> one[m]).average().orElseThrow())
        .toArray();
  }

  private static double mean(double[] values) {
    return SplitSimilarities.mean(values);
  }
}
