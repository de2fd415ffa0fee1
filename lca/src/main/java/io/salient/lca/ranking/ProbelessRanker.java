package io.salient.lca.ranking;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * Probeless (Antverg and Belinkov, ICLR 2022): a neuron is as salient as the means of its labels
 * are far apart, r_d = sum over labels c < c' of |mu_c(d) - mu_c'(d)|; for one label, r_cd = sum
 * over c' of |mu_c(d) - mu_c'(d)|.
 *
 * <p>With the C means of a neuron in ascending order both are sums over the gaps between neighbours
 * (gap i counts i (C - i) times), so that a neuron costs O(C log C) and nothing cancels.
 */
public final class ProbelessRanker {
  private ProbelessRanker() {}

  /**
   * Scores neurons.
   *
   * @param scale factor of each neuron's activations: 1 / deviation, or 1 for raw ones
   * @param minLabelCount labels with fewer words have no part; their rows measure them against
   *     those that have
   * @return empty saliences when fewer than two labels take part
   */
  public static MethodScores of(ClassStatistics statistics, double[] scale, int minLabelCount) {
    int[] labels = statistics.labels(minLabelCount);
    int[] rare = rare(statistics, minLabelCount);
    float[][] perLabel = new float[statistics.counts().length][];
    for (int label : statistics.labels(1)) {
      perLabel[label] = new float[statistics.width()];
    }
    float[] saliences = new float[statistics.width()];
    for (int d = 0; d < saliences.length; d++) {
      double[] means = means(statistics, labels, d, scale[d]);
      double[] sums = distances(means);
      for (int k = 0; k < labels.length; k++) {
        perLabel[labels[k]][d] = (float) sums[k];
      }
      saliences[d] = (float) (Arrays.stream(sums).sum() / 2); // every pair was counted twice
      for (int label : rare) {
        double mean = statistics.mean(label, d) * scale[d];
        perLabel[label][d] =
            (float) Arrays.stream(means).map(other -> Math.abs(mean - other)).sum();
      }
    }
    return new MethodScores(
        labels.length < 2 ? Optional.empty() : Optional.of(saliences), perLabel);
  }

  private static int[] rare(ClassStatistics statistics, int minLabelCount) {
    int[] counts = statistics.counts();
    return Arrays.stream(statistics.labels(1)).filter(c -> counts[c] < minLabelCount).toArray();
  }

  private static double[] means(
      ClassStatistics statistics, int[] labels, int neuron, double scale) {
    return Arrays.stream(labels).mapToDouble(c -> statistics.mean(c, neuron) * scale).toArray();
  }

  /** For each of some values, the sum of its distances from all of them. */
  static double[] distances(double[] values) {
    int n = values.length;
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    double[] sums = new double[n];
    double below = 0;
    for (int i = 1; i < n; i++) {
      below += i * (values[order[i]] - values[order[i - 1]]);
      sums[order[i]] = below;
    }
    double above = 0;
    for (int i = n - 2; i >= 0; i--) {
      above += (n - 1 - i) * (values[order[i + 1]] - values[order[i]]);
      sums[order[i]] += above;
    }
    return sums;
  }
}
