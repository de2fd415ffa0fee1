package io.salient.lca.ranking;

import java.util.Arrays;
import java.util.Optional;

/**
 * An ordering of all D neurons, the most salient first. Every neuron stands in it exactly once;
 * those that are not ranked stand behind all others, and are never among the first k: those that
 * are nearest to getting a weight first, where that is known, then by index.
 *
 * <p>The score of the LCA ranking is s = min over labels of the share of the label's weight mass
 * that lies before the neuron: 0 for the strongest neuron of any label, 1 for a neuron without
 * weight, which is not ranked. Lower is more salient. Rankings of other methods have scores of
 * their own, where higher is more salient.
 */
public final class NeuronRanking {
  private final int[] order;
  private final double[] scores;
  private final int size;

  private NeuronRanking(int[] order, double[] scores, int size) {
    this.order = order;
    this.scores = scores;
    this.size = size;
  }

  /**
   * Orders neurons that have weight: by ascending score, equal scores by descending share, equal
   * shares by index.
   *
   * @param scores one per neuron, not NaN
   * @param shares largest share of a label's weight that the neuron has, 0 to 1; 0 for a neuron
   *     that is not ranked
   * @param entryLevels how near each neuron is to getting a weight; empty where unknown
   */
  static NeuronRanking ofWeighted(double[] scores, double[] shares, float[] entryLevels) {
    int size = (int) Arrays.stream(shares).filter(share -> share > 0).count();
    NeuronSort.Precedence unranked = byEntryLevel(entryLevels, scores.length);
    int[] order =
        NeuronSort.by(
            scores.length,
            (neuron, other) -> {
              if (shares[neuron] == 0 || shares[other] == 0) {
                return shares[neuron] > 0 || (shares[other] == 0 && unranked.holds(neuron, other));
              }
              return scores[neuron] < scores[other]
                  || (scores[neuron] == scores[other] && shares[neuron] >= shares[other]);
            });
    return new NeuronRanking(order, scores, size);
  }

  /**
   * Orders neurons by what they contribute, most first, equal ones by index. Those that contribute
   * nothing are not ranked.
   *
   * @return empty when contributions are unknown, or no neuron contributes
   * @throws IllegalArgumentException when one is NaN
   */
  public static Optional<NeuronRanking> ofContributions(ProbedNeurons neurons) {
    float[] contributions = neurons.contributions();
    double[] scores = new double[contributions.length];
    int size = 0;
    for (int neuron = 0; neuron < scores.length; neuron++) {
      if (Float.isNaN(contributions[neuron])) {
        throw new IllegalArgumentException("the contribution of neuron " + neuron + " is NaN");
      }
      scores[neuron] = contributions[neuron];
      size += scores[neuron] > 0 ? 1 : 0;
    }
    NeuronSort.Precedence unranked = byEntryLevel(neurons.entryLevels(), scores.length);
    int[] order =
        NeuronSort.by(
            scores.length,
            (neuron, other) ->
                scores[neuron] > scores[other]
                    || (scores[neuron] == scores[other]
                        && (scores[neuron] > 0 || unranked.holds(neuron, other))));
    return size == 0 ? Optional.empty() : Optional.of(new NeuronRanking(order, scores, size));
  }

  private static NeuronSort.Precedence byEntryLevel(float[] entryLevels, int width) {
    if (entryLevels.length != 0 && entryLevels.length != width) {
      throw new IllegalArgumentException(
          entryLevels.length + " entry levels of " + width + " neurons");
    }
    return entryLevels.length == 0
        ? (neuron, other) -> true
        : (neuron, other) -> entryLevels[neuron] >= entryLevels[other];
  }

  /**
   * Orders neurons by ascending score, equal ones by neuron index; all are ranked.
   *
   * @param scores one finite score per neuron
   * @throws IllegalArgumentException when a score is NaN
   */
  public static NeuronRanking ofScores(double[] scores) {
    for (int neuron = 0; neuron < scores.length; neuron++) {
      if (Double.isNaN(scores[neuron])) {
        throw new IllegalArgumentException("the score of neuron " + neuron + " is NaN");
      }
    }
    double[] kept = scores.clone();
    return new NeuronRanking(NeuronSort.byAscendingScore(kept), kept, kept.length);
  }

  /**
   * Orders neurons by descending salience, equal ones by neuron index; all are ranked.
   *
   * @param saliences one value per neuron, which becomes its score
   * @throws IllegalArgumentException when one is NaN
   */
  public static NeuronRanking ofSaliences(float[] saliences) {
    double[] scores = new double[saliences.length];
    for (int neuron = 0; neuron < scores.length; neuron++) {
      if (Float.isNaN(saliences[neuron])) {
        throw new IllegalArgumentException("the salience of neuron " + neuron + " is NaN");
      }
      scores[neuron] = saliences[neuron];
    }
    return new NeuronRanking(NeuronSort.byDescendingValue(saliences), scores, scores.length);
  }

  /** Number of neurons D. */
  public int width() {
    return order.length;
  }

  /** Number of neurons that are ranked, the first of {@link #order}; the others have no weight. */
  public int size() {
    return size;
  }

  /** The neuron at a place of the ranking, 0 being the most salient. */
  public int neuronAt(int place) {
    return order[place];
  }

  /** The score of a neuron. */
  public double scoreOf(int neuron) {
    return scores[neuron];
  }

  /** All neurons, the most salient first, those that are not ranked last; a copy. */
  public int[] order() {
    return order.clone();
  }

  /** Scores by neuron; a copy. */
  public double[] scores() {
    return scores.clone();
  }

  /** The first k neurons, or all that are ranked when there are fewer. */
  public int[] top(int k) {
    return Arrays.copyOf(order, Math.min(k, size));
  }
}
