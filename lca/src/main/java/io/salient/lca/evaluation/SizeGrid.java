package io.salient.lca.evaluation;

import java.util.stream.IntStream;

/** Sizes of sets, each about 1.41 times the one before: 1, 2, 3, 4, 6, 8, 11, 16, 23, 32, 45 .. */
final class SizeGrid {
  private SizeGrid() {}

  /** From 1 to most, both among them. */
  static int[] upTo(int most) {
    return IntStream.concat(
            IntStream.iterate(0, i -> i + 1)
                .map(i -> (int) Math.round(Math.pow(2, i / 2.0)))
                .takeWhile(size -> size < most),
            IntStream.of(most))
        .distinct()
        .toArray();
  }
}
