package io.salient.lca.drift;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Similarity of two checkpoints' rankings, corrected for the noise of both: Spearman's correction
 * for attenuation ("The Proof and Measurement of Association between Two Things", American Journal
 * of Psychology 15, 1904), on similarities of halves.
 *
 * <pre>
 * D   = (r0 + rt) / 2 - c        0 without drift; r0, rt, c: means over splits
 * rho = c / sqrt(r0 rt)          1 without drift
 * g_m = c_m / c - r0_m / (2 r0) - rt_m / (2 rt)     terms of the linearised ln rho
 * limits: rho exp(-+ t se)       one-sided, 95 % each: {@link SplitVariance}
 * </pre>
 *
 * @param similarities by split
 * @param rho at least 0; above 1 by chance only
 * @param variance of ln rho; empty with one split, or where rho is 0
 */
public record DisattenuatedSimilarity(
    SplitSimilarities similarities, double rho, Optional<SplitVariance> variance) {

  /** Empty where one side's halves have nothing in common: there is nothing to correct by. */
  static Optional<DisattenuatedSimilarity> of(SplitSimilarities similarities) {
    double before = similarities.meanBefore();
    double after = similarities.meanAfter();
    if (before <= 0 || after <= 0) {
      return Optional.empty();
    }
    double across = similarities.meanAcross();
    Optional<SplitVariance> variance =
        similarities.splits() == 1 || across == 0
            ? Optional.empty()
            : Optional.of(SplitVariance.of(terms(similarities), similarities.areEqual()));
    double rho = across / Math.sqrt(before * after);
    return Optional.of(new DisattenuatedSimilarity(similarities, rho, variance));
  }

  private static double[] terms(SplitSimilarities of) {
    double before = of.meanBefore();
    double after = of.meanAfter();
    double across = of.meanAcross();
    return IntStream.range(0, of.splits())
        .mapToDouble(
            m ->
                of.across()[m] / across
                    - of.before()[m] / (2 * before)
                    - of.after()[m] / (2 * after))
        .toArray();
  }

  /** The same with a variance that other labels have a part in. */
  DisattenuatedSimilarity with(SplitVariance pooled) {
    return new DisattenuatedSimilarity(similarities, rho, Optional.of(pooled));
  }

  /** D: what the agreement across falls short of that within; 0 without drift. */
  public double distance() {
    return (similarities.meanBefore() + similarities.meanAfter()) / 2 - similarities.meanAcross();
  }

  /** D of each split; it changes its sign when the first halves of both sides are swapped. */
  public double[] distances() {
    return IntStream.range(0, similarities.splits())
        .mapToDouble(
            m ->
                (similarities.before()[m] + similarities.after()[m]) / 2 - similarities.across()[m])
        .toArray();
  }

  /** Lower limit of rho; empty where there is no variance, 0 for a rho of 0. */
  public OptionalDouble lower() {
    return limit(-1);
  }

  /** Upper limit of rho; empty where there is no variance, 0 for a rho of 0. */
  public OptionalDouble upper() {
    return limit(1);
  }

  private OptionalDouble limit(int sign) {
    if (rho == 0 && similarities.splits() > 1) {
      return OptionalDouble.of(0);
    }
    return variance.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(rho * Math.exp(sign * variance.get().margin()));
  }
}
