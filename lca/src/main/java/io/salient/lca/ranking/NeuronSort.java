package io.salient.lca.ranking;

import java.util.Arrays;

/** Orders of neurons, without boxing. Equal values keep the order of the neuron index. */
final class NeuronSort {
  private NeuronSort() {}

  /** The neurons with a weight other than zero, largest magnitude first. */
  static int[] byDescendingMagnitude(float[] weights) {
    long[] keys = new long[weights.length];
    int count = 0;
    for (int neuron = 0; neuron < weights.length; neuron++) {
      float magnitude = Math.abs(weights[neuron]);
      if (magnitude > 0) {
        // Bits of non-negative floats grow with the value; inverted, the largest comes first.
        long descending = (long) Integer.MAX_VALUE - Float.floatToRawIntBits(magnitude);
        keys[count++] = descending << 32 | neuron;
      }
    }
    Arrays.sort(keys, 0, count);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = (int) keys[i];
    }
    return order;
  }

  /**
   * The same with the larger index first among equal magnitudes, as a reversed stable sort has it.
   */
  static int[] byDescendingMagnitudeLastFirst(float[] weights) {
    int last = weights.length - 1;
    float[] reversed = new float[weights.length];
    for (int neuron = 0; neuron <= last; neuron++) {
      reversed[last - neuron] = weights[neuron];
    }
    int[] order = byDescendingMagnitude(reversed);
    Arrays.setAll(order, place -> last - order[place]);
    return order;
  }

  /** All indices, largest value first; values are not NaN. Zeros of both signs are equal. */
  static int[] byDescendingValue(float[] values) {
    long[] keys = new long[values.length];
    for (int i = 0; i < keys.length; i++) {
      int bits = Float.floatToIntBits(values[i] + 0.0f);
      // Bits of negative floats grow with the magnitude; flipped, all bits grow with the value.
      int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
      keys[i] = (long) ~ascending << 32 | i;
    }
    Arrays.sort(keys);
    int[] order = new int[keys.length];
    Arrays.setAll(order, place -> (int) keys[place]);
    return order;
  }

  /** True where the first of two neurons may stand before the second: a total order with ties. */
  @FunctionalInterface
  interface Precedence {
    boolean holds(int neuron, int other);
  }

  /** All neurons, lowest score first; equal scores keep the order of the neuron index. */
  static int[] byAscendingScore(double[] scores) {
    return by(scores.length, (neuron, other) -> scores[neuron] <= scores[other]);
  }

  /**
   * Neurons 0 to n - 1 in an order: a merge sort from below, which keeps the order of the index
   * where either may stand first.
   */
  static int[] by(int n, Precedence order) {
    int[] from = new int[n];
    Arrays.setAll(from, i -> i);
    int[] to = new int[n];
    for (int width = 1; width < n && width > 0; width *= 2) {
      for (int left = 0; left < n; left += 2 * width) {
        merge(order, from, to, left, Math.min(left + width, n), Math.min(left + 2 * width, n));
      }
      int[] swap = from;
      from = to;
      to = swap;
    }
    return from;
  }

  private static void merge(
      Precedence order, int[] from, int[] to, int left, int middle, int right) {
    int a = left;
    int b = middle;
    for (int i = left; i < right; i++) {
      boolean takeLeft = b == right || (a < middle && order.holds(from[a], from[b]));
      to[i] = takeLeft ? from[a++] : from[b++];
    }
  }
}
