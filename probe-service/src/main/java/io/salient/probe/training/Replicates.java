package io.salient.probe.training;

import io.salient.lca.drift.HalfRanking;
import io.salient.lca.ranking.RankingMethod;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What noise is measured by, of one concept at one checkpoint.
 *
 * @param method that halves are ranked by
 * @param k neurons that each ranking is cut to
 * @param sentences with train words in the smallest half
 * @param pairs rankings of the two halves of each split; empty when there are none
 * @param problem why there are none; empty when there are
 */
public record Replicates(
    RankingMethod method, int k, int sentences, List<Pair> pairs, String problem) {
  /**
   * The halves of one split.
   *
   * @param first ranking of the first
   * @param second ranking of the second
   * @param gap the larger of the two proved gaps; empty where no bound is known
   * @param converged true when both fits reached their tolerance
   */
  public record Pair(
      HalfRanking first, HalfRanking second, OptionalDouble gap, boolean converged) {}

  /** Keeps a copy of the list. */
  public Replicates {
    pairs = List.copyOf(pairs);
  }
}
