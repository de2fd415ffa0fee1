package io.salient.lca.evaluation;

import java.util.SplittableRandom;

/** Neurons in random order: the same for the same seed and draw. */
final class RandomOrder {
  private RandomOrder() {}

  /** All of D neurons. */
  static int[] of(int width, int draw, long seed) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + draw);
    int[] order = new int[width];
    for (int i = 0; i < width; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
