package io.salient.lca.ranking;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Sets of neurons chosen from a probe's weights W (C x D), by the names that NeuroX gives them. All
 * go by magnitude; a row that is null or all zeros selects nothing.
 *
 * @param all the union over labels, ascending; in the order of the ranking where it was chosen by
 *     that
 * @param perLabel the neurons of each label, in the order in which they were chosen
 */
public record NeuronSelection(int[] all, List<int[]> perLabel) {
  /** Keeps a copy of the list. */
  public NeuronSelection {
    perLabel = List.copyOf(perLabel);
  }

  /**
   * NeuroX's get_top_neurons: per label the shortest prefix of its neurons, strongest first, whose
   * mass reaches a share of the label's; one neuron at least, also for a share of 0.
   *
   * @param share 0 to 1
   */
  public static NeuronSelection topByMass(float[][] weights, double share) {
    requireShare(share);
    return select(weights, row -> prefix(row, NeuronSort.byDescendingMagnitude(row), share));
  }

  /**
   * NeuroX's get_top_neurons_hard_threshold: per label the neurons whose weight is above the
   * label's greatest divided by a number, by index. (NeuroX calls that number a fraction, and
   * divides by it.)
   *
   * @param divisor above 0; 2 selects what is above half of the greatest weight
   */
  public static NeuronSelection topByThreshold(float[][] weights, double divisor) {
    if (!(divisor > 0)) {
      throw new IllegalArgumentException("the divisor must be above 0: " + divisor);
    }
    return select(
        weights,
        row -> {
          double greatest = 0;
          for (float weight : row) {
            greatest = Math.max(greatest, Math.abs(weight));
          }
          double threshold = greatest / divisor;
          return neurons(row, weight -> weight > threshold);
        });
  }

  /**
   * NeuroX's get_bottom_neurons: per label the shortest prefix of its neurons, weakest first, whose
   * mass reaches a share of the label's. Neurons without weight come first and have no mass.
   *
   * @param share 0 to 1
   */
  public static NeuronSelection bottomByMass(float[][] weights, double share) {
    requireShare(share);
    return select(weights, row -> prefix(row, ascending(row), share));
  }

  /**
   * So many neurons, each set of that size as likely as any other. (NeuroX's get_random_neurons
   * draws each neuron by itself, so that its sets differ in size, and cannot be repeated.)
   *
   * @return ascending
   */
  public static int[] random(int width, int size, long seed) {
    if (size < 0 || size > width) {
      throw new IllegalArgumentException(size + " of " + width + " neurons");
    }
    Random random = new Random(seed);
    int[] neurons = new int[width];
    Arrays.setAll(neurons, i -> i);
    for (int i = 0; i < size; i++) {
      int other = i + random.nextInt(width - i);
      int kept = neurons[i];
      neurons[i] = neurons[other];
      neurons[other] = kept;
    }
    int[] chosen = Arrays.copyOf(neurons, size);
    Arrays.sort(chosen);
    return chosen;
  }

  /** NeuroX's get_fixed_number_of_bottom_neurons: the last of a ranking, in its order. */
  public static int[] bottom(NeuronRanking ranking, int size) {
    int[] order = ranking.order();
    return Arrays.copyOfRange(order, Math.max(0, order.length - size), order.length);
  }

  private static void requireShare(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("the share of mass must be from 0 to 1: " + share);
    }
  }

  private static NeuronSelection select(float[][] weights, Function<float[], int[]> ofRow) {
    List<int[]> perLabel =
        Arrays.stream(weights).map(row -> isZero(row) ? new int[0] : ofRow.apply(row)).toList();
    BitSet union = new BitSet();
    perLabel.forEach(neurons -> Arrays.stream(neurons).forEach(union::set));
    return new NeuronSelection(union.stream().toArray(), perLabel);
  }

  private static boolean isZero(float[] row) {
    return row == null || neurons(row, weight -> weight > 0).length == 0;
  }

  private static int[] prefix(float[] row, int[] order, double share) {
    double total = 0;
    for (int neuron : order) {
      total += Math.abs((double) row[neuron]);
    }
    double mass = 0;
    int size = 0;
    do {
      mass += Math.abs((double) row[order[size++]]);
    } while (size < order.length && mass < share * total);
    return Arrays.copyOf(order, size);
  }

  /** All neurons, weakest first, equal ones by index. */
  private static int[] ascending(float[] row) {
    float[] minus = new float[row.length];
    for (int d = 0; d < row.length; d++) {
      minus[d] = -Math.abs(row[d]);
    }
    return NeuronSort.byDescendingValue(minus);
  }

  @FunctionalInterface
  private interface MagnitudeTest {
    boolean holds(float magnitude);
  }

  private static int[] neurons(float[] row, MagnitudeTest test) {
    BitSet chosen = new BitSet(row.length);
    for (int d = 0; d < row.length; d++) {
      chosen.set(d, test.holds(Math.abs(row[d])));
    }
    return chosen.stream().toArray();
  }
}
