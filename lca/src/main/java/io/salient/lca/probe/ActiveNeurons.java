package io.salient.lca.probe;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The neurons of each class that a quadratic model is made of: those with a weight, and the zeros
 * that want to become one most.
 */
final class ActiveNeurons {
  /** New neurons of a class at a time, or as many as have a weight already. */
  private static final int FEWEST_NEW = 20;

  private ActiveNeurons() {}

  /** By class, ascending. */
  static int[][] of(Iterate at, int classes, int width) {
    return IntStream.range(0, classes)
        .parallel()
        .mapToObj(c -> ofClass(at, c * width, width))
        .toArray(int[][]::new);
  }

  private static int[] ofClass(Iterate at, int first, int width) {
    int[] held = IntStream.range(0, width).filter(d -> at.point()[first + d] != 0).toArray();
    int[] wanted =
        IntStream.range(0, width)
            .filter(d -> at.point()[first + d] == 0 && at.step()[first + d] != 0)
            .toArray();
    int most = Math.max(FEWEST_NEW, held.length);
    if (wanted.length > most) {
      wanted =
          Arrays.stream(wanted)
              .boxed()
              .sorted(
                  Comparator.comparingDouble((Integer d) -> -Math.abs(at.step()[first + d]))
                      .thenComparing(d -> d))
              .limit(most)
              .mapToInt(Integer::intValue)
              .toArray();
    }
    return IntStream.concat(Arrays.stream(held), Arrays.stream(wanted)).sorted().toArray();
  }
}
