package io.salient.lca.clustering;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.salient.lca.ActivationMatrix;
import io.salient.lca.Standardizer;
import io.salient.torch.TorchEngine;
import io.salient.torch.TorchProgram;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/**
 * Pearson's correlation of every two neurons over some words: products of standardised columns by
 * LibTorch, block of rows by block of rows and block of columns by block of columns. Memory: 2 D^2
 * bytes for the result, and two copies of a block of rows; it does not grow with the number of
 * words. A constant neuron correlates with none.
 *
 * <p>Layout of the result, as Smile's linkages take it: row after row of the upper triangle, the
 * diagonal included, D (D + 1) / 2 values.
 */
public final class Correlations {
  /** The result has to fit an array: D (D + 1) / 2 below 2^31. */
  public static final int MOST_NEURONS = 65_535;

  private static final int ROWS = 2_048;
  private static final int COLUMNS = 2_048;

  private static final String SOURCE =
      """
      def columns(self, x: Tensor) -> Tensor:
        return torch.contiguous(torch.t(x))
      def products(self, x: Tensor, at: List[int]) -> Tensor:
        return (self).linear(torch.slice(x, 0, at[0], at[1]), torch.slice(x, 0, at[2], at[3]), None)
      """;

  private Correlations() {}

  /**
   * Correlates.
   *
   * @param rows corpus word indices whose rows are there, at least one
   * @param done told the share of the words that is done; may throw to end it
   * @return D (D + 1) / 2 correlations, -1 to 1
   * @throws IllegalArgumentException when there are more than {@link #MOST_NEURONS} neurons, or an
   *     activation is NaN or infinite
   */
  public static float[] of(ActivationMatrix x, int[] rows, DoubleConsumer done) {
    if (x.width() > MOST_NEURONS) {
      throw new IllegalArgumentException(
          x.width() + " neurons are too many to correlate each with each, at most " + MOST_NEURONS);
    }
    TorchEngine.onThisThread();
    Standardizer standardizer = Standardizer.fit(x, rows);
    float[] sums = new float[Math.toIntExact((long) x.width() * (x.width() + 1) / 2)];
    try (Arena arena = Arena.ofShared();
        TorchProgram program = TorchProgram.compile("correlations", SOURCE)) {
      MemorySegment block = arena.allocate(4L * Math.min(ROWS, rows.length) * x.width(), 64);
      for (int first = 0; first < rows.length; first += ROWS) {
        int count = Math.min(ROWS, rows.length - first);
        for (int i = 0; i < count; i++) {
          x.read(rows[first + i], block.asSlice(4L * i * x.width(), 4L * x.width()));
        }
        MemorySegment words = block.asSlice(0, 4L * count * x.width());
        standardizer.apply(words, count);
        add(program, words, count, x.width(), sums);
        done.accept((double) (first + count) / rows.length);
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Math.clamp(sums[i] / rows.length, -1f, 1f);
    }
    return sums;
  }

  private static void add(
      TorchProgram program, MemorySegment words, int count, int width, float[] sums) {
    try (NDManager manager = TorchEngine.newManager()) {
      NDArray rows = TorchEngine.view(manager, words, new Shape(count, width));
      NDArray columns = program.call(manager, "columns", rows).singletonOrThrow();
      for (int i = 0; i < width; i += COLUMNS) {
        for (int j = i; j < width; j += COLUMNS) {
          try (NDManager local = manager.newSubManager()) {
            long[] at = {i, Math.min(width, i + COLUMNS), j, Math.min(width, j + COLUMNS)};
            float[] products =
                program.call(local, "products", columns, at).singletonOrThrow().toFloatArray();
            add(products, at, width, sums);
          }
        }
      }
    }
  }

  private static void add(float[] products, long[] at, int width, float[] sums) {
    int columns = (int) (at[3] - at[2]);
    IntStream.range((int) at[0], (int) at[1])
        .parallel()
        .forEach(
            i -> {
              int row = (int) (i - at[0]) * columns;
              for (int j = Math.max(i, (int) at[2]); j < at[3]; j++) {
                sums[index(i, j, width)] += products[row + j - (int) at[2]];
              }
            });
  }

  /** Where the correlation of neurons i and j stands, i at most j. */
  static int index(int i, int j, int width) {
    return Math.toIntExact((long) i * width - (long) i * (i - 1) / 2 + j - i);
  }
}
