package io.salient.lca.drift;

import io.salient.lca.LayerMap;

/**
 * How alike the rankings of two fits on disjoint halves of the train sentences are.
 *
 * <p>Two fits of the baseline give one draw of what chance does (the null). A checkpoint's fit on
 * one half against the baseline's on the <em>other</em> half gives what is observed: fitted on as
 * many words, as disjoint, so that the two come from one distribution when nothing has drifted. A
 * comparison of fits on the same words would not: it shares their sampling error.
 *
 * @param overall over all labels; null when one side ranks nothing
 * @param labels by label; null for one that does not count or that one side does not rank
 */
public record ReplicateSimilarity(Likeness overall, Likeness[] labels) {
  /**
   * Of two rankings.
   *
   * @param similarity rank-biased overlap of the first k, 0 to 1
   * @param layerDistance Wasserstein-1 distance of their layer histograms, in layers
   */
  public record Likeness(double similarity, double layerDistance) {
    private static Likeness mean(Likeness a, Likeness b) {
      return a == null || b == null
          ? null
          : new Likeness(
              (a.similarity + b.similarity) / 2, (a.layerDistance + b.layerDistance) / 2);
    }
  }

  /**
   * Compares two halves.
   *
   * @param k neurons that both were cut to, see {@link HalfRanking#depth}
   */
  public static ReplicateSimilarity between(HalfRanking a, HalfRanking b, LayerMap map, int k) {
    if (a.labels().length != b.labels().length) {
      throw new IllegalArgumentException(
          a.labels().length + " labels against " + b.labels().length);
    }
    double p = RankSimilarity.persistence(k);
    Likeness[] labels = new Likeness[a.labels().length];
    for (int label = 0; label < labels.length; label++) {
      labels[label] = likeness(a.labels()[label], b.labels()[label], map, p);
    }
    return new ReplicateSimilarity(likeness(a.overall(), b.overall(), map, p), labels);
  }

  /**
   * The observed one: the mean of both ways in which a checkpoint's half meets the other half of
   * the baseline. Where the two are the same checkpoint it equals {@link #between} its halves.
   */
  public static ReplicateSimilarity crossed(
      HalfRanking baseFirst,
      HalfRanking baseSecond,
      HalfRanking first,
      HalfRanking second,
      LayerMap map,
      int k) {
    ReplicateSimilarity one = between(baseFirst, second, map, k);
    ReplicateSimilarity other = between(baseSecond, first, map, k);
    Likeness[] labels = new Likeness[one.labels.length];
    for (int label = 0; label < labels.length; label++) {
      labels[label] = Likeness.mean(one.labels[label], other.labels[label]);
    }
    return new ReplicateSimilarity(Likeness.mean(one.overall, other.overall), labels);
  }

  private static Likeness likeness(int[] a, int[] b, LayerMap map, double p) {
    if (a == null || b == null || a.length == 0 || b.length == 0) {
      return null;
    }
    return new Likeness(
        RankSimilarity.rboOfFirst(a, b, p),
        LayerShift.wasserstein(HalfRanking.layers(a, map), HalfRanking.layers(b, map), map));
  }
}
