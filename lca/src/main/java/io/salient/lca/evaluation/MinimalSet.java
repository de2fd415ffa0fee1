package io.salient.lca.evaluation;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The fewest first neurons of a ranking whose retrained probe comes within delta of the probe on
 * all neurons on the dev words. Accuracies are from 0 to 1.
 *
 * @param neurons the set, the most salient first
 * @param delta what the probe on all neurons may be better by on dev words
 * @param relative whether delta is a share of its accuracy
 * @param devAccuracy of the retrained probe on dev words
 * @param testAccuracy of the same probe; empty without test words
 * @param randomAccuracy mean over retrained probes of as many random neurons; empty unless asked
 *     for
 * @param bottomAccuracy of a retrained probe of as many neurons from the end of the ranking
 * @param disjoint further sets, each among the neurons that those before it left
 */
public record MinimalSet(
    int[] neurons,
    double delta,
    boolean relative,
    double devAccuracy,
    OptionalDouble testAccuracy,
    OptionalDouble randomAccuracy,
    OptionalDouble bottomAccuracy,
    List<Disjoint> disjoint) {
  /** Keeps a copy of the list. */
  public MinimalSet {
    disjoint = List.copyOf(disjoint);
  }

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
