package io.salient.lca.drift;

import io.salient.lca.LayerMap;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * How far the first neurons moved through the layers, beyond noise: a Wasserstein-1 distance whose
 * direction, layer by layer, is taken from one half of the sentences and whose size from the other
 * (cross-fitting), so that its mean is 0 without drift.
 *
 * <pre>
 * F   = share of a list's neurons in a layer or below it
 * x_m = 1/2 sum over layers of gap [sgn(F_A0 - F_At) (F_B0 - F_Bt) + sgn(F_B0 - F_Bt) (F_A0 - F_At)]
 * lower = mean - t(.95; M - 1) sd sqrt(1/M + 1)
 * </pre>
 *
 * <p>gap: distance to the next layer, sgn 0 = 0. Distances are in layers where both sides have the
 * same, otherwise in relative layers: 0 the embeddings, 1 the last layer that is looked at.
 *
 * @param bySplit x_m
 * @param threshold what the lower limit must exceed: {@link #SHARE} of the number of the last layer
 * @param relative true for relative layers
 */
public record LayerDisplacement(double[] bySplit, double threshold, boolean relative) {
  /** Of the way from the embeddings to the last layer. */
  public static final double SHARE = 0.02;

  /**
   * Compares two checkpoints on the same splits.
   *
   * @return empty when a list is empty: it lies nowhere
   * @throws IllegalArgumentException when the numbers of splits differ
   */
  public static Optional<LayerDisplacement> between(
      HalfLists before, LayerMap layersBefore, HalfLists after, LayerMap layersAfter) {
    if (before.splits() != after.splits()) {
      throw new IllegalArgumentException(before.splits() + " splits against " + after.splits());
    }
    if (before.hasEmpty() || after.hasEmpty()) {
      return Optional.empty();
    }
    boolean relative = !layersBefore.equals(layersAfter);
    double last = relative ? 1 : layersBefore.numbers().getLast();
    Positions from = new Positions(layersBefore, relative);
    Positions to = new Positions(layersAfter, relative);
    double[] grid = grid(from, to);
    double[] bySplit =
        IntStream.range(0, before.splits())
            .mapToDouble(
                m ->
                    crossFitted(
                        grid,
                        difference(grid, from, before.first().get(m), to, after.first().get(m)),
                        difference(grid, from, before.second().get(m), to, after.second().get(m))))
            .toArray();
    return Optional.of(new LayerDisplacement(bySplit, SHARE * last, relative));
  }

  /** Where layers lie, and how to find that of a neuron. */
  private record Positions(LayerMap map, boolean relative) {
    double of(int neuron) {
      return at(map.layerOf(neuron));
    }

    double at(int number) {
      int last = map.numbers().getLast();
      return !relative ? number : last == 0 ? 0 : (double) number / last;
    }
  }

  private static double[] grid(Positions from, Positions to) {
    TreeSet<Double> grid = new TreeSet<>();
    from.map().numbers().forEach(number -> grid.add(from.at(number)));
    to.map().numbers().forEach(number -> grid.add(to.at(number)));
    return grid.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** F of one list minus F of the other, at each point of the grid. */
  private static double[] difference(
      double[] grid, Positions from, int[] before, Positions to, int[] after) {
    double[] difference = new double[grid.length];
    add(difference, grid, from, before, 1);
    add(difference, grid, to, after, -1);
    return difference;
  }

  private static void add(double[] shares, double[] grid, Positions of, int[] list, int sign) {
    int[] counts = new int[grid.length];
    for (int neuron : list) {
      counts[Arrays.binarySearch(grid, of.of(neuron))]++;
    }
    int below = 0;
    for (int i = 0; i < grid.length; i++) {
      below += counts[i];
      shares[i] += sign * (double) below / list.length;
    }
  }

  private static double crossFitted(double[] grid, double[] first, double[] second) {
    double sum = 0;
    for (int i = 0; i + 1 < grid.length; i++) {
      double gap = grid[i + 1] - grid[i];
      sum += gap * (Math.signum(first[i]) * second[i] + Math.signum(second[i]) * first[i]) / 2;
    }
    return sum;
  }

  /** Mean distance over splits; near 0, of either sign, without drift. */
  public double mean() {
    return SplitSimilarities.mean(bySplit);
  }

  /** One-sided lower limit of 95 %; empty with one split. */
  public OptionalDouble lower() {
    int splits = bySplit.length;
    if (splits == 1) {
      return OptionalDouble.empty();
    }
    double mean = mean();
    double squares = 0;
    for (double x : bySplit) {
      squares += (x - mean) * (x - mean);
    }
    SplitVariance variance = new SplitVariance(squares / (splits - 1), splits - 1, splits);
    return OptionalDouble.of(mean - variance.margin());
  }

  /** True when the lower limit is above the threshold. */
  public boolean isRelocated() {
    return lower().orElse(0) > threshold;
  }
}
