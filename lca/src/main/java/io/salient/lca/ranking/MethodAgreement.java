package io.salient.lca.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether several methods rank the neurons of one concept alike: the average overlap of every two,
 * and the vote of all ({@link RankAgreement}).
 *
 * @param depth neurons that are compared, from the first on
 * @param rankings by method, in the order in which they were asked for
 * @param overlaps of every two methods, in that order
 * @param borda the vote of all methods
 */
public record MethodAgreement(
    int depth,
    Map<RankingMethod, NeuronRanking> rankings,
    List<Overlap> overlaps,
    NeuronRanking borda) {
  /** Neurons that are compared where there are so many. */
  public static final int DEPTH = 100;

  /**
   * Two methods.
   *
   * @param first the one asked for earlier
   * @param second the other
   * @param averageOverlap 0 to 1
   */
  public record Overlap(RankingMethod first, RankingMethod second, double averageOverlap) {}

  /**
   * Compares.
   *
   * @param rankings two at least, of the same neurons, in the order of the answer
   */
  public static MethodAgreement of(Map<RankingMethod, NeuronRanking> rankings) {
    List<RankingMethod> methods = List.copyOf(rankings.keySet());
    if (methods.size() < 2) {
      throw new IllegalArgumentException("nothing to compare " + methods + " with");
    }
    int depth = Math.min(DEPTH, rankings.get(methods.getFirst()).width());
    List<Overlap> overlaps = new ArrayList<>();
    for (int i = 0; i < methods.size(); i++) {
      for (int j = i + 1; j < methods.size(); j++) {
        overlaps.add(
            new Overlap(
                methods.get(i),
                methods.get(j),
                RankAgreement.averageOverlap(
                    rankings.get(methods.get(i)), rankings.get(methods.get(j)), depth)));
      }
    }
    return new MethodAgreement(
        depth, rankings, overlaps, RankAgreement.borda(List.copyOf(rankings.values())));
  }
}
