package io.salient.lca.probe.optimiser;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The neurons that a class's model is made of: those with a weight, and the zeros that want one
 * most. Away from the optimum very many do; sets that grow from below by a part of what has a
 * weight stay small. Where even those are too many, the farthest from their own optimum are taken;
 * the others keep their values until the next time.
 */
final class WorkingSet {
  /** For models that are kept. */
  static final Growth SLOW = new Growth(40, 0.3);

  /** For models that are measured anew at every iteration. */
  static final Growth FAST = new Growth(80, 0.5);

  /**
   * How many zeros get a weight at most.
   *
   * @param least so many
   * @param share and so many more for each that has a weight
   */
  record Growth(int least, double share) {
    int most(int held) {
      return least + (int) (share * held);
    }
  }

  private WorkingSet() {}

  /**
   * Chooses them.
   *
   * @param most neurons
   * @return ascending
   */
  static int[] of(float[] weights, float[] gradient, double l1, Growth growth, int most) {
    int[] set = of(weights, gradient, l1, growth);
    return set.length <= most ? set : farthest(set, weights, gradient, (float) l1, most);
  }

  private static int[] of(float[] weights, float[] gradient, double l1, Growth growth) {
    int[] held = IntStream.range(0, weights.length).filter(d -> weights[d] != 0).toArray();
    int[] wanted =
        IntStream.range(0, weights.length)
            .filter(d -> weights[d] == 0 && Math.abs(gradient[d]) > l1)
            .toArray();
    int mostNew = growth.most(held.length);
    if (wanted.length > mostNew) {
      wanted = largest(wanted, gradient, mostNew);
    }
    return IntStream.concat(Arrays.stream(held), Arrays.stream(wanted)).sorted().toArray();
  }

  /** Those whose sub-gradient of least norm is largest. */
  private static int[] farthest(int[] set, float[] weights, float[] gradient, float l1, int most) {
    float[] distance = new float[weights.length];
    for (int d : set) {
      distance[d] =
          weights[d] == 0
              ? Math.abs(gradient[d]) - l1
              : gradient[d] + Math.copySign(l1, weights[d]);
    }
    int[] farthest = largest(set, distance, most);
    Arrays.sort(farthest);
    return farthest;
  }

  /** Of equal ones the first. */
  private static int[] largest(int[] neurons, float[] values, int count) {
    // Bits of a positive float sort like the float: one long holds size and, reversed, position.
    long[] keys = new long[neurons.length];
    for (int i = 0; i < keys.length; i++) {
      long size = Float.floatToIntBits(Math.abs(values[neurons[i]]));
      keys[i] = size << 32 | (Integer.MAX_VALUE - neurons[i]);
    }
    Arrays.sort(keys);
    return Arrays.stream(keys, keys.length - count, keys.length)
        .mapToInt(key -> Integer.MAX_VALUE - (int) key)
        .toArray();
  }
}
