package io.salient.lca.drift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lists that can be made anywhere with whole numbers alone, so that the figures of the simulation
 * that METHOD 6 was tried by can be had for the very same lists.
 *
 * <p>Numbers x = 48271 x mod (2^31 - 1) from 12345. Neuron d of 120 has base b_d; a list orders
 * neurons by 10 b_d + noise u_d, largest first, and keeps the first 20 or fewer. After drift the
 * bases of neurons 2i and 2i + 1 are swapped for i below {@code moved}.
 */
final class ReferenceLists {
  static final int WIDTH = 120;
  static final int K = 20;
  static final int SPLITS = 5;

  private long number;

  private ReferenceLists(long seed) {
    number = seed;
  }

  static ReferenceLists from(long seed) {
    return new ReferenceLists(seed);
  }

  long next() {
    number = number * 48_271 % Integer.MAX_VALUE;
    return number;
  }

  /** Both sides of a comparison. */
  record Sides(HalfLists before, HalfLists after) {}

  static Sides sides(int moved, int noiseBefore, int noiseAfter, int shorter) {
    ReferenceLists numbers = from(12_345);
    long[] base = new long[WIDTH];
    for (int d = 0; d < WIDTH; d++) {
      base[d] = numbers.next();
    }
    long[] other = base.clone();
    for (int i = 0; i < moved; i++) {
      other[2 * i] = base[2 * i + 1];
      other[2 * i + 1] = base[2 * i];
    }
    List<int[]> a0 = numbers.lists(base, noiseBefore, K);
    List<int[]> b0 = numbers.lists(base, noiseBefore, K);
    List<int[]> at = numbers.lists(other, noiseAfter, K - shorter);
    List<int[]> bt = numbers.lists(other, noiseAfter, K - shorter);
    return new Sides(new HalfLists(a0, b0), new HalfLists(at, bt));
  }

  private List<int[]> lists(long[] base, int noise, int length) {
    List<int[]> lists = new ArrayList<>();
    for (int split = 0; split < SPLITS; split++) {
      long[] scores = new long[WIDTH];
      for (int d = 0; d < WIDTH; d++) {
        scores[d] = 10 * base[d] + noise * next();
      }
      lists.add(
          IntStream.range(0, WIDTH)
              .boxed()
              .sorted(Comparator.<Integer>comparingLong(d -> -scores[d]).thenComparingInt(d -> d))
              .limit(length)
              .mapToInt(d -> d)
              .toArray());
    }
    return lists;
  }
}
