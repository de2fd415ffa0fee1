package io.salient.lca.drift;

import java.util.Optional;

/**
 * How far another half of the corpus finds the same first neurons: the mean over splits of the
 * similarity of the rankings on both halves, {@link TruncatedOverlap}. 1 where they agree, near 0
 * where a list says little but of the sentences it was made on.
 *
 * @param mean r, 0 to 1
 * @param splits that it is the mean of
 * @param k neurons that lists are cut to
 */
public record Reproducibility(double mean, int splits, int k) {
  /**
   * Of the ranking over all labels.
   *
   * @return empty where nothing can be said: a fit of a half was stopped before its gap was proved,
   *     or no half ranks anything
   */
  public static Optional<Reproducibility> of(ReplicateHalves halves) {
    HalfLists lists = halves.overall();
    return !halves.certified() || lists.isEmpty()
        ? Optional.empty()
        : Optional.of(of(lists, halves.k()));
  }

  private static Reproducibility of(HalfLists lists, int k) {
    double[] within = SplitSimilarities.within(lists, TruncatedOverlap.ofFirst(k));
    return new Reproducibility(SplitSimilarities.mean(within), lists.splits(), k);
  }
}
