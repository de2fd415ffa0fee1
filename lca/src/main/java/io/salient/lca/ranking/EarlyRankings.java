package io.salient.lca.ranking;

import java.util.EnumMap;
import java.util.Map;

/**
 * The rankings that one pass over the words gives, before any probe is fitted: probeless and
 * MeanSelect. As the statistics of parts of the words merge exactly, so do these rankings: they
 * depend on which words there were, not on how they came (see {@link ClassStatistics}).
 */
public final class EarlyRankings {
  private EarlyRankings() {}

  /**
   * Ranks all neurons.
   *
   * @param standardize whether probeless compares neurons in units of their own deviation
   * @param minLabelCount labels with fewer words have no part
   * @return by method; without those that rank nothing, as all do where fewer than two labels have
   *     enough words
   */
  public static Map<RankingMethod, NeuronRanking> of(
      ClassStatistics statistics, boolean standardize, int minLabelCount) {
    Map<RankingMethod, NeuronRanking> rankings = new EnumMap<>(RankingMethod.class);
    if (statistics.labels(minLabelCount).length < 2) {
      return rankings;
    }
    int[] counts = statistics.counts();
    ProbelessRanker.of(statistics, statistics.scale(standardize), minLabelCount)
        .ranking(counts, minLabelCount)
        .ifPresent(ranking -> rankings.put(RankingMethod.PROBELESS, ranking));
    MeanSelectRanker.of(statistics)
        .ranking(counts, minLabelCount)
        .ifPresent(ranking -> rankings.put(RankingMethod.MEAN_SELECT, ranking));
    return rankings;
  }
}
