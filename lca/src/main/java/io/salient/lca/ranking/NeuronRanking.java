package io.salient.lca.ranking;

import java.util.Arrays;

/**
 * An ordering of all D neurons, the most salient first. Every neuron stands in it exactly once.
 *
 * <p>The score of the LCA ranking is s = min over labels of the share of the label's weight mass
 * that lies before the neuron: 0 for the strongest neuron of any label, 1 for a neuron without
 * weight. Lower is more salient; equal scores are ordered by neuron index. Rankings of other
 * methods have scores of their own, where higher is more salient.
 */
public final class NeuronRanking {
  private final int[] order;
  private final double[] scores;

  private NeuronRanking(int[] order, double[] scores) {
    this.order = order;
    this.scores = scores;
  }

  /**
   * Orders neurons by ascending score.
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
    return new NeuronRanking(NeuronSort.byAscendingScore(kept), kept);
  }

  /**
   * Orders neurons by descending salience, equal ones by neuron index.
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
    return new NeuronRanking(NeuronSort.byDescendingValue(saliences), scores);
  }

  /** Number of neurons D. */
  public int width() {
    return order.length;
  }

  /** The neuron at a place of the ranking, 0 being the most salient. */
  public int neuronAt(int place) {
    return order[place];
  }

  /** The score of a neuron. */
  public double scoreOf(int neuron) {
    return scores[neuron];
  }

  /** All neurons, the most salient first; a copy. */
  public int[] order() {
    return order.clone();
  }

  /** Scores by neuron; a copy. */
  public double[] scores() {
    return scores.clone();
  }

  /** The first k neurons, or all when there are fewer. */
  public int[] top(int k) {
    return Arrays.copyOf(order, Math.min(k, order.length));
  }
}
