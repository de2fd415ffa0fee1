package io.salient.lca.ranking;

import java.util.Optional;

/**
 * What a ranker of activations finds.
 *
 * @param saliences D values over all labels, higher is more salient; empty for a method that scores
 *     labels only: its labels are united as those of a probe are, by {@link LcaRanker} with the
 *     magnitudes of the scores as masses
 * @param perLabel one row of D signed scores per label, null for a label that occurs in no word; no
 *     rows at all for a method that does not tell labels apart
 */
public record MethodScores(Optional<float[]> saliences, float[][] perLabel) {
  /**
   * The ranking over all labels.
   *
   * @param counts train words of each label
   * @param minLabelCount labels with fewer have no part in it
   * @return empty when no label takes part
   */
  public Optional<NeuronRanking> ranking(int[] counts, int minLabelCount) {
    return saliences.isPresent()
        ? saliences.map(NeuronRanking::ofSaliences)
        : LcaRanker.rank(perLabel, counts, minLabelCount);
  }
}
