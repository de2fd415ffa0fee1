package io.salient.lca.evaluation;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The fewest first neurons of a ranking whose retrained probe is, to 95 %, no more than delta worse
 * than the probe on all neurons on the dev words. Accuracies are from 0 to 1.
 *
 * @param neurons the set, the most salient first
 * @param delta what the probe on all neurons may be better by on dev words
 * @param relative whether delta is a share of its accuracy
 * @param devAccuracy of the retrained probe on dev words
 * @param lossBound one-sided upper limit, 95 %, of what it loses there
 * @param testAccuracy of the same probe; empty without test words
 * @param randomAccuracy mean over retrained probes of as many random neurons; empty unless asked
 *     for
 * @param bottomAccuracy of a retrained probe of as many neurons from the end of the ranking
 * @param grid all sizes that were tried, the smallest first
 * @param disjoint further sets, each among the neurons that those before it left
 */
public record MinimalSet(
    int[] neurons,
    double delta,
    boolean relative,
    double devAccuracy,
    double lossBound,
    OptionalDouble testAccuracy,
    OptionalDouble randomAccuracy,
    OptionalDouble bottomAccuracy,
    List<Size> grid,
    List<Disjoint> disjoint) {
  /** Keeps copies of the lists. */
  public MinimalSet {
    grid = List.copyOf(grid);
    disjoint = List.copyOf(disjoint);
  }

  /**
   * A number of first neurons that was tried.
   *
   * @param size how many
   * @param devAccuracy of a probe retrained on them
   * @param smoothed the same after isotonic regression over all sizes
   * @param lossBound one-sided upper limit, 95 %, of what the probe on all neurons is better by on
   *     dev words: from its accuracy to the smoothed one, and a margin by groups of sentences
   * @param testAccuracy of the same probe; empty without test words
   */
  public record Size(
      int size,
      double devAccuracy,
      double smoothed,
      double lossBound,
      OptionalDouble testAccuracy) {}

  /**
   * A further set.
   *
   * @param size number of neurons
   * @param devAccuracy of a probe retrained on it
   * @param testAccuracy of the same probe; empty without test words
   */
  public record Disjoint(int size, double devAccuracy, OptionalDouble testAccuracy) {}

  /** Number of neurons. */
  public int size() {
    return neurons.length;
  }
}
