package io.salient.lca.probe.optimiser;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The neurons that a class's model is made of: those with a weight, and the zeros that want one
 * most. Away from the optimum very many do; sets that grow from below by half of what has a weight
 * stay small.
 */
final class WorkingSet {
  private static final int FEWEST_NEW = 40;
  private static final double SHARE_NEW = 0.5;

  private WorkingSet() {}

  /** Ascending. */
  static int[] of(float[] weights, float[] gradient, double l1) {
    int[] held = IntStream.range(0, weights.length).filter(d -> weights[d] != 0).toArray();
    int[] wanted =
        IntStream.range(0, weights.length)
            .filter(d -> weights[d] == 0 && Math.abs(gradient[d]) > l1)
            .toArray();
    int most = FEWEST_NEW + (int) (SHARE_NEW * held.length);
    if (wanted.length > most) {
      wanted = largest(wanted, gradient, most);
    }
    return IntStream.concat(Arrays.stream(held), Arrays.stream(wanted)).sorted().toArray();
  }

  /** Of equal ones the first. */
  private static int[] largest(int[] neurons, float[] gradient, int count) {
    // Bits of a positive float sort like the float: one long holds size and, reversed, position.
    long[] keys = new long[neurons.length];
    for (int i = 0; i < keys.length; i++) {
      long size = Float.floatToIntBits(Math.abs(gradient[neurons[i]]));
      keys[i] = size << 32 | (Integer.MAX_VALUE - neurons[i]);
    }
    Arrays.sort(keys);
    return Arrays.stream(keys, keys.length - count, keys.length)
        .mapToInt(key -> Integer.MAX_VALUE - (int) key)
        .toArray();
  }
}
