package io.salient.benchmarks;

import io.salient.lca.ranking.LcaRanker;
import io.salient.lca.ranking.NeuronRanking;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Milliseconds to rank a dense probe of 44 labels x 9,984 neurons, against a straightforward rival
 * in the same run: the same definition with boxed indices sorted by a Comparator. Dense weights are
 * the worst case; L1 leaves most of them zero.
 */
public final class RankingBenchmark {
  private static final int LABELS = 44;
  private static final int WIDTH = 9_984;
  private static final int WARM_UP = 20;
  private static final int ROUNDS = 41;

  private RankingBenchmark() {}

  /** Prints one line each: first call, then median and slowest of warm calls. */
  public static void main(String[] args) {
    float[][] weights = randomWeights();
    Supplier<int[]> ours =
        () -> LcaRanker.rank(weights, new int[LABELS], 0).map(NeuronRanking::order).orElseThrow();
    Supplier<int[]> rival = () -> boxedRanking(weights);

    report("LcaRanker", ours);
    report("boxed Comparator sort", rival);
    System.out.println("same order: " + Arrays.equals(ours.get(), rival.get()));
  }

  private static void report(String name, Supplier<int[]> ranking) {
    double first = milliseconds(ranking);
    for (int i = 0; i < WARM_UP; i++) {
      milliseconds(ranking);
    }
    double[] times = new double[ROUNDS];
    Arrays.setAll(times, i -> milliseconds(ranking));
    Arrays.sort(times);
    System.out.printf(
        "rank %d x %d, %-22s first %6.1f ms, median %6.1f ms, slowest %6.1f ms%n",
        LABELS, WIDTH, name, first, times[ROUNDS / 2], times[ROUNDS - 1]);
  }

  private static double milliseconds(Supplier<int[]> ranking) {
    long start = System.nanoTime();
    if (ranking.get().length != WIDTH) {
      throw new AssertionError("not every neuron was ranked");
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static float[][] randomWeights() {
    Random random = new Random(44);
    float[][] weights = new float[LABELS][WIDTH];
    for (float[] row : weights) {
      for (int neuron = 0; neuron < WIDTH; neuron++) {
        row[neuron] = (float) random.nextGaussian();
      }
    }
    return weights;
  }

  private static int[] boxedRanking(float[][] weights) {
    double[] scores = new double[WIDTH];
    Arrays.fill(scores, 1);
    for (float[] row : weights) {
      Integer[] order = boxedNeurons();
      Arrays.sort(
          order, Comparator.<Integer>comparingDouble(d -> -Math.abs(row[d])).thenComparing(d -> d));
      double total = 0;
      for (Integer neuron : order) {
        total += Math.abs(row[neuron]);
      }
      double before = 0;
      for (Integer neuron : order) {
        scores[neuron] = Math.min(scores[neuron], before / total);
        before += Math.abs(row[neuron]);
      }
    }
    Integer[] order = boxedNeurons();
    Arrays.sort(order, Comparator.<Integer>comparingDouble(d -> scores[d]).thenComparing(d -> d));
    return Arrays.stream(order).mapToInt(d -> d).toArray();
  }

  private static Integer[] boxedNeurons() {
    return IntStream.range(0, WIDTH).boxed().toArray(Integer[]::new);
  }
}
