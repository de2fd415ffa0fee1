package io.salient.lca.ranking;

import java.util.Arrays;
import java.util.Optional;

/**
 * The exact LCA ranking over several labels: the limit of Algorithm 3 of Durrani, Dalvi and Sajjad
 * (JMLR 24, 2023) for infinitely small steps.
 *
 * <p>With a = |W_c|, F_c(d) is the mass of a strictly before neuron d in descending order of a,
 * divided by the total mass. The score is s_d = min over labels c of F_c(d), and the ranking is by
 * ascending s. All sums are in double.
 *
 * <p><b>Ties.</b> Every label's first neuron has s = 0, so that ties are frequent: they are broken
 * by what the neurons weigh, the larger max over c of |W_cd| / ||W_c||_1 first, the index last.
 * Within a label, among neurons of equal a, the one with the lower index stands before the other,
 * so that the order of labels does not matter.
 *
 * <p><b>Not ranked.</b> A neuron without weight in any label has the whole mass before it, s = 1,
 * and is not ranked: {@link NeuronRanking#size}. Where their entry levels are known, such neurons
 * stand in the order of these: {@link ProbedNeurons}.
 *
 * <p>A row of zeros ranks nothing, and so does a label that the caller leaves out because it is too
 * rare. Labels are added one after another, so that no more than one row has to be held.
 */
public final class LcaRanker {
  private final double[] scores;
  private final double[] shares;
  private int labels;

  /** A ranker of D neurons. */
  public LcaRanker(int width) {
    scores = new double[width];
    Arrays.fill(scores, 1);
    shares = new double[width];
  }

  /** Takes a label into the union. */
  public void add(LabelRanking label) {
    if (label.width() != scores.length) {
      throw new IllegalArgumentException(
          "a label of " + label.width() + " neurons in a ranking of " + scores.length);
    }
    if (label.size() == 0) {
      return;
    }
    labels++;
    for (int place = 0; place < label.size(); place++) {
      int neuron = label.neuronAt(place);
      scores[neuron] = Math.min(scores[neuron], label.massBefore(place));
      shares[neuron] = Math.max(shares[neuron], label.massShare(place));
    }
  }

  /** How many labels ranked something. */
  public int labels() {
    return labels;
  }

  /** The ranking of what was added; empty when no label ranked anything. */
  public Optional<NeuronRanking> ranking() {
    return ranking(new float[0]);
  }

  /**
   * The ranking of what was added; empty when no label ranked anything.
   *
   * @param entryLevels of all neurons, or none
   */
  public Optional<NeuronRanking> ranking(float[] entryLevels) {
    return labels == 0
        ? Optional.empty()
        : Optional.of(NeuronRanking.ofWeighted(scores.clone(), shares, entryLevels));
  }

  /**
   * Ranks a whole probe at once.
   *
   * @param weights C x D; a null row is a label without a probe
   * @param counts train words of each label
   * @param minLabelCount labels with fewer train words are left out
   * @return empty when no label is left that ranks anything
   */
  public static Optional<NeuronRanking> rank(float[][] weights, int[] counts, int minLabelCount) {
    return rank(weights, ProbedNeurons.UNKNOWN, counts, minLabelCount);
  }

  static Optional<NeuronRanking> rank(
      float[][] weights, ProbedNeurons neurons, int[] counts, int minLabelCount) {
    LcaRanker ranker = null;
    for (int label = 0; label < weights.length; label++) {
      if (weights[label] != null && counts[label] >= minLabelCount) {
        if (ranker == null) {
          ranker = new LcaRanker(weights[label].length);
        }
        ranker.add(LabelRanking.of(weights[label]));
      }
    }
    return ranker == null ? Optional.empty() : ranker.ranking(neurons.entryLevels());
  }
}
