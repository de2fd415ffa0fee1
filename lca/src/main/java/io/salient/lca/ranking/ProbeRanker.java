package io.salient.lca.ranking;

import java.util.Optional;

/**
 * Ranks the neurons of a probe by one of the methods that do so.
 *
 * @param method one that {@link RankingMethod#needsProbe}
 * @param minLabelCount labels with fewer train words have no part
 */
public record ProbeRanker(RankingMethod method, int minLabelCount) {
  /** Checks the method. */
  public ProbeRanker {
    if (!method.needsProbe()) {
      throw new IllegalArgumentException(method.text() + " ranks no probe");
    }
  }

  /**
   * Ranks.
   *
   * @param weights C x D; a null row is a label without a probe
   * @param neurons what else is known of them
   * @param counts train words of each label
   * @return empty when nothing is ranked, which is so without contributions where these are asked
   *     for
   */
  public Optional<NeuronRanking> rank(float[][] weights, ProbedNeurons neurons, int[] counts) {
    return switch (method) {
      case CONTRIBUTION -> NeuronRanking.ofContributions(neurons);
      case NEUROX -> neurox(weights, counts);
      default -> LcaRanker.rank(weights, neurons, counts, minLabelCount); // no other needs a probe
    };
  }

  private Optional<NeuronRanking> neurox(float[][] weights, int[] counts) {
    NeuroxRanker ranker = null;
    for (int label = 0; label < weights.length; label++) {
      if (weights[label] != null && counts[label] >= minLabelCount) {
        ranker = ranker == null ? new NeuroxRanker(weights[label].length) : ranker;
        ranker.add(weights[label]);
      }
    }
    return ranker == null ? Optional.empty() : ranker.ranking();
  }
}
