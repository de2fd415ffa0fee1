package io.salient.lca.drift;

import io.salient.lca.drift.RankingChange.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import smile.stat.distribution.TDistribution;

/**
 * Whether the rankings of the labels of a concept moved, judged together.
 *
 * <p>Each label by itself is a {@link RankingChange}. Where {@link #POOLED_FROM} labels or more are
 * measured, five splits each say little about a variance that is much alike from label to label:
 * their variances v are drawn to the mean of all, (4 mean(v) + (M - 1) v) / (M + 3), with M + 3
 * degrees of freedom (shrinkage towards a prior of 4 degrees; Smyth, "Linear Models and Empirical
 * Bayes Methods", Statistical Applications in Genetics and Molecular Biology 3, 2004). p = T(ln(rho
 * / .9) / se), with T the distribution function of Student's t; {@link BenjaminiYekutieli} at
 * {@link #LEVEL} says which labels moved.
 */
public final class LabelChanges {
  /** Expected share of labels that did not move among those that are said to have moved. */
  public static final double LEVEL = 0.05;

  private static final int POOLED_FROM = 4;
  private static final int PRIOR_DEGREES = 4;

  private LabelChanges() {}

  /**
   * Judges labels.
   *
   * @param own each label by itself, as {@link RankingChange#between} says
   * @return in the same order; those that are not measured as they were
   */
  public static List<RankingChange> of(List<RankingChange> own) {
    int[] measured =
        IntStream.range(0, own.size()).filter(label -> own.get(label).isMeasured()).toArray();
    List<DisattenuatedSimilarity> similarities =
        IntStream.of(measured)
            .mapToObj(label -> own.get(label).similarity().orElseThrow())
            .toList();
    List<DisattenuatedSimilarity> pooled = pooled(similarities);
    boolean[] moved =
        BenjaminiYekutieli.reject(
            pooled.stream().mapToDouble(LabelChanges::pValue).toArray(), LEVEL);
    List<RankingChange> changes = new ArrayList<>(own);
    for (int i = 0; i < measured.length; i++) {
      if (own.get(measured[i]).reason() == Reason.LIMITS) {
        changes.set(measured[i], RankingChange.of(moved[i], pooled.get(i)));
      }
    }
    return changes;
  }

  private static List<DisattenuatedSimilarity> pooled(List<DisattenuatedSimilarity> similarities) {
    double mean =
        similarities.stream()
            .flatMap(one -> one.variance().stream())
            .mapToDouble(SplitVariance::value)
            .average()
            .orElse(0);
    return similarities.size() < POOLED_FROM
        ? similarities
        : similarities.stream()
            .map(one -> one.variance().map(v -> one.with(shrunk(v, mean))).orElse(one))
            .toList();
  }

  private static SplitVariance shrunk(SplitVariance own, double mean) {
    int degrees = PRIOR_DEGREES + own.degreesOfFreedom();
    double value = (PRIOR_DEGREES * mean + own.degreesOfFreedom() * own.value()) / degrees;
    return new SplitVariance(value, degrees, own.splits());
  }

  /** Of the hypothesis that rho is .9 or more; 0 where the sides share no neuron. */
  static double pValue(DisattenuatedSimilarity similarity) {
    if (similarity.rho() == 0) {
      return 0;
    }
    double distance = Math.log(similarity.rho() / RankingChange.UNCHANGED);
    SplitVariance variance = similarity.variance().orElseThrow();
    return variance.value() == 0
        ? (distance < 0 ? 0 : 1)
        : new TDistribution(variance.degreesOfFreedom()).cdf(distance / variance.error());
  }
}
