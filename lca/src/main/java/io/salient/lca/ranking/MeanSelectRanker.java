package io.salient.lca.ranking;

import java.util.Optional;

/**
 * MeanSelect (Fan, Dalvi, Durrani and Sajjad, NeurIPS 2023): how much more a neuron fires on the
 * words of a label than on all others, as a share of its range, (mu_c - mu_rest) / (max - min).
 * Scores are from -1 to 1 and do not change when a neuron is scaled or shifted; 0 where a neuron is
 * constant or there are no other words.
 */
public final class MeanSelectRanker {
  private MeanSelectRanker() {}

  /** Scores neurons, each label against the words of all others. */
  public static MethodScores of(ClassStatistics statistics) {
    int[] counts = statistics.counts();
    int words = statistics.words();
    float[][] perLabel = new float[counts.length][];
    double[] means = words == 0 ? new double[0] : statistics.means();
    for (int label : statistics.labels(1)) {
      perLabel[label] = new float[statistics.width()];
      for (int d = 0; d < perLabel[label].length; d++) {
        double range = statistics.range(d);
        if (range > 0 && counts[label] < words) {
          // mu_c - mu_rest = (mu_c - mu) n / (n - n_c)
          double away = statistics.mean(label, d) - means[d];
          perLabel[label][d] = (float) (away * words / (words - counts[label]) / range);
        }
      }
    }
    return new MethodScores(Optional.empty(), perLabel);
  }
}
