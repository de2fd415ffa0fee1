package io.salient.lca.drift;

import io.salient.lca.probe.Probe;
import io.salient.lca.ranking.LabelRanking;
import io.salient.lca.ranking.ProbeRanker;
import io.salient.lca.ranking.ProbedNeurons;

/**
 * What is kept of the ranking of a replicate: the first k neurons over all labels, and of each
 * label that counts.
 *
 * @param overall neurons g, most salient first; empty when no label ranked anything
 * @param labels by label; null for one that has too few words in the whole, empty for one without
 *     weight
 */
public record HalfRanking(int[] overall, int[][] labels) {
  private static final int SHARE = 6;
  private static final int FEWEST = 10;
  private static final int MOST = 100;

  /** Size k of the compared lists: a sixth of the neurons, at least 10 and at most 100. */
  public static int depth(int width) {
    return Math.min(width, Math.clamp(width / SHARE, FEWEST, MOST));
  }

  /**
   * Ranks a replicate.
   *
   * @param ranker by the method that ranks the whole
   * @param probe fitted on one half of the train words
   * @param neurons what else is known of that fit
   * @param counts train words of each label in both halves together: the same labels count in each
   * @param k neurons that are kept
   */
  public static HalfRanking of(
      ProbeRanker ranker, Probe probe, ProbedNeurons neurons, int[] counts, int k) {
    return of(ranker, probe.weights(), neurons, counts, k);
  }

  /** The same of weights: one row per label, null for a label without any. */
  static HalfRanking of(
      ProbeRanker ranker, float[][] weights, ProbedNeurons neurons, int[] counts, int k) {
    int[][] labels = new int[counts.length][];
    for (int label = 0; label < counts.length; label++) {
      if (counts[label] >= ranker.minLabelCount()) {
        labels[label] =
            weights[label] == null ? new int[0] : first(LabelRanking.of(weights[label]), k);
      }
    }
    int[] overall =
        ranker.rank(weights, neurons, counts).map(r -> r.top(k)).orElseGet(() -> new int[0]);
    return new HalfRanking(overall, labels);
  }

  private static int[] first(LabelRanking ranking, int k) {
    int[] first = new int[Math.min(k, ranking.size())];
    for (int place = 0; place < first.length; place++) {
      first[place] = ranking.neuronAt(place);
    }
    return first;
  }
}
