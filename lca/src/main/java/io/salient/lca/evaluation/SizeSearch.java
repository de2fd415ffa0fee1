package io.salient.lca.evaluation;

import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * The smallest size that is enough, found by growing and then by bisection between the last size
 * that was too small and the first that was enough. Exact where every larger size is enough too;
 * otherwise a size that is enough, next to one that is not.
 */
final class SizeSearch {
  private SizeSearch() {}

  /**
   * Searches from 1 to most.
   *
   * @param start where growing begins
   * @param enough asked at most once per size
   * @return empty when not even the largest size is enough
   */
  static OptionalInt smallest(int start, int most, IntPredicate enough) {
    int tooSmall = 0;
    int size = Math.clamp(start, 1, most);
    while (!enough.test(size)) {
      if (size == most) {
        return OptionalInt.empty();
      }
      tooSmall = size;
      size = (int) Math.min(most, 2L * size);
    }
    while (size - tooSmall > 1) {
      int middle = (tooSmall + size) >>> 1;
      if (enough.test(middle)) {
        size = middle;
      } else {
        tooSmall = middle;
      }
    }
    return OptionalInt.of(size);
  }
}
