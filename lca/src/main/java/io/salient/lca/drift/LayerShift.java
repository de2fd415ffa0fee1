package io.salient.lca.drift;

import io.salient.lca.LayerMap;

/**
 * Where in the model a set of neurons lies, and how far a set has moved. Distances are in layers.
 */
public final class LayerShift {
  private LayerShift() {}

  /**
   * Counts neurons by layer.
   *
   * @param neurons indices g = layer x H + unit
   * @param layers number of layers, embeddings included
   * @param hiddenSize units per layer H
   * @return one count per layer
   */
  public static int[] histogram(int[] neurons, int layers, int hiddenSize) {
    int[] counts = new int[layers];
    for (int neuron : neurons) {
      counts[neuron / hiddenSize]++;
    }
    return counts;
  }

  /** The same over some layers of a model: one count for each that is looked at, in their order. */
  public static int[] histogram(int[] neurons, LayerMap map) {
    return histogram(neurons, map.layers(), map.hiddenSize());
  }

  /** Mean of the model's own layer numbers; 0 when the histogram is empty. */
  public static double meanLayer(int[] histogram, LayerMap map) {
    double sum = 0;
    for (int place = 0; place < histogram.length; place++) {
      sum += (double) map.numbers().get(place) * histogram[place];
    }
    double neurons = total(histogram);
    return neurons == 0 ? 0 : sum / neurons;
  }

  /** Mean layer of a histogram; 0 when it is empty. */
  public static double meanLayer(int[] histogram) {
    long neurons = 0;
    long sum = 0;
    for (int layer = 0; layer < histogram.length; layer++) {
      neurons += histogram[layer];
      sum += (long) layer * histogram[layer];
    }
    return neurons == 0 ? 0 : (double) sum / neurons;
  }

  /** Entropy of a histogram taken as a distribution, in bits: 0 when one layer holds all. */
  public static double entropy(int[] histogram) {
    double total = total(histogram);
    double entropy = 0;
    for (int count : histogram) {
      if (count > 0) {
        entropy -= count / total * Math.log(count / total) / Math.log(2);
      }
    }
    return Math.abs(entropy); // no minus zero
  }

  /**
   * Wasserstein-1 distance of two histograms taken as distributions: the least mean number of
   * layers by which one's neurons must move to become the other's. 0 to layers - 1.
   *
   * @throws IllegalArgumentException when the number of layers differs or one is empty
   */
  public static double wasserstein(int[] from, int[] to) {
    if (from.length != to.length) {
      throw new IllegalArgumentException(from.length + " layers against " + to.length);
    }
    double fromTotal = total(from);
    double toTotal = total(to);
    if (fromTotal == 0 || toTotal == 0) {
      throw new IllegalArgumentException("a histogram without neurons");
    }
    double distance = 0;
    long fromBelow = 0;
    long toBelow = 0;
    for (int layer = 0; layer < from.length; layer++) {
      fromBelow += from[layer];
      toBelow += to[layer];
      distance += Math.abs(fromBelow / fromTotal - toBelow / toTotal);
    }
    return distance;
  }

  /**
   * The same over some layers of a model: layers that are not looked at count in the distances
   * between those that are.
   */
  public static double wasserstein(int[] from, int[] to, LayerMap map) {
    int layers = map.numbers().getLast() + 1;
    return wasserstein(spread(from, map, layers), spread(to, map, layers));
  }

  private static int[] spread(int[] histogram, LayerMap map, int layers) {
    if (histogram.length != map.layers()) {
      throw new IllegalArgumentException(histogram.length + " layers against " + map.layers());
    }
    int[] counts = new int[layers];
    for (int place = 0; place < histogram.length; place++) {
      counts[map.numbers().get(place)] = histogram[place];
    }
    return counts;
  }

  /**
   * Mean relative layer of a histogram: 0 for the embeddings, 1 for the last layer; 0 when it is
   * empty or of one layer.
   */
  public static double meanRelativeLayer(int[] histogram) {
    return histogram.length == 1 ? 0 : meanLayer(histogram) / (histogram.length - 1);
  }

  /**
   * Wasserstein-1 distance of two histograms over relative layers, of models of any two depths: 0
   * to 1.
   *
   * @throws IllegalArgumentException when one is empty
   */
  public static double relativeWasserstein(int[] from, int[] to) {
    double fromTotal = total(from);
    double toTotal = total(to);
    if (fromTotal == 0 || toTotal == 0) {
      throw new IllegalArgumentException("a histogram without neurons");
    }
    double distance = 0;
    double below = 0;
    double position = 0;
    int i = 0;
    int j = 0;
    while (i < from.length || j < to.length) {
      double next = Math.min(relative(i, from.length), relative(j, to.length));
      distance += Math.abs(below) * (next - position);
      position = next;
      if (relative(i, from.length) == next) {
        below += from[i++] / fromTotal;
      }
      if (relative(j, to.length) == next) {
        below -= to[j++] / toTotal;
      }
    }
    return distance;
  }

  /** Beyond the last layer: never next. */
  private static double relative(int layer, int layers) {
    return layer >= layers ? Double.POSITIVE_INFINITY : layers == 1 ? 0 : layer / (layers - 1.0);
  }

  private static long total(int[] histogram) {
    long sum = 0;
    for (int count : histogram) {
      sum += count;
    }
    return sum;
  }
}
