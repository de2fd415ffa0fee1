package io.salient.lca.ranking;

/**
 * What is known of the neurons of a fitted probe besides their weights, over the labels that count:
 * those with words enough.
 *
 * @param contributions q of {@link Contributions}, D values of at least 0; empty where unknown
 * @param entryLevels max over labels of |gradient of the loss| / l1 at the probe, D values: how
 *     near a neuron without weight is to getting one, 1 being where it does; empty where unknown or
 *     where l1 is 0
 */
public record ProbedNeurons(float[] contributions, float[] entryLevels) {
  /** Nothing is known. */
  public static final ProbedNeurons UNKNOWN = new ProbedNeurons(new float[0], new float[0]);

  /**
   * How near neurons are to getting a weight.
   *
   * @param gradients of the mean loss, C x D, by class
   * @param counted whether a class counts
   * @param l1 weight of the L1 penalty; 0 gives none
   */
  public static float[] entryLevels(float[][] gradients, boolean[] counted, double l1) {
    if (!(l1 > 0) || gradients.length == 0) {
      return new float[0];
    }
    float[] levels = new float[gradients[0].length];
    for (int c = 0; c < gradients.length; c++) {
      for (int d = 0; counted[c] && d < levels.length; d++) {
        levels[d] = Math.max(levels[d], (float) (Math.abs(gradients[c][d]) / l1));
      }
    }
    return levels;
  }
}
