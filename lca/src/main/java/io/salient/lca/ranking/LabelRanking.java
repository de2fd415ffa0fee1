package io.salient.lca.ranking;

import java.util.Arrays;

/**
 * The neurons of one label by the magnitude of their weight, strongest first, equal magnitudes by
 * neuron index. Neurons of weight zero have no place: {@link #size} counts the others.
 */
public final class LabelRanking {
  private final float[] weights;
  private final int[] order;
  private final double[] massThrough;

  private LabelRanking(float[] weights, int[] order, double[] massThrough) {
    this.weights = weights;
    this.order = order;
    this.massThrough = massThrough;
  }

  /**
   * Orders one row of a probe.
   *
   * @param weights D weights in standardised space; not to be changed afterwards
   * @throws IllegalArgumentException when a weight is not finite
   */
  public static LabelRanking of(float[] weights) {
    for (int neuron = 0; neuron < weights.length; neuron++) {
      if (!Float.isFinite(weights[neuron])) {
        throw new IllegalArgumentException("the weight of neuron " + neuron + " is not finite");
      }
    }
    int[] order = NeuronSort.byDescendingMagnitude(weights);
    double[] massThrough = new double[order.length];
    double mass = 0;
    for (int place = 0; place < order.length; place++) {
      mass += Math.abs((double) weights[order[place]]);
      massThrough[place] = mass;
    }
    return new LabelRanking(weights, order, massThrough);
  }

  /** Number of neurons D, those of weight zero included. */
  public int width() {
    return weights.length;
  }

  /** Number of neurons with a weight other than zero; 0 for a row of zeros, which ranks nothing. */
  public int size() {
    return order.length;
  }

  /** The neuron at a place below {@link #size}, 0 being the strongest. */
  public int neuronAt(int place) {
    return order[place];
  }

  /** The signed weight of the neuron at a place. */
  public float weightAt(int place) {
    return weights[order[place]];
  }

  /** Share of the label's mass from the strongest neuron to the one at a place, that included. */
  public double massThrough(int place) {
    return massThrough[place] / total();
  }

  /** Share of the label's mass that the neuron at a place has, above 0. */
  double massShare(int place) {
    return Math.abs((double) weightAt(place)) / total();
  }

  /** F(d): share of the mass strictly before the neuron at a place, in [0, 1). */
  double massBefore(int place) {
    return place == 0 ? 0 : massThrough[place - 1] / total();
  }

  /**
   * Size of the shortest prefix that holds a share of the mass.
   *
   * @param share above 0, at most 1
   * @return 0 for a row of zeros
   */
  public int massSetSize(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share of mass must be above 0 and at most 1: " + share);
    }
    if (order.length == 0) {
      return 0;
    }
    int found = Arrays.binarySearch(massThrough, share * total());
    int place = found >= 0 ? found : -found - 1;
    while (place > 0 && massThrough[place - 1] >= share * total()) {
      place--; // a weight too small to change the sum: the shorter prefix holds as much
    }
    return place + 1;
  }

  private double total() {
    return massThrough[massThrough.length - 1];
  }
}
