package io.salient.lca.evaluation;

import io.salient.lca.ranking.LabelRanking;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Neurons that are salient for several labels: among the fewest of each label that hold a share of
 * its weight mass.
 */
public final class Polysemy {
  private final double mass;
  private final List<List<Integer>> labels;

  /**
   * Of D neurons.
   *
   * @param mass share of a label's mass that its salient neurons hold, above 0, at most 1
   */
  public Polysemy(int width, double mass) {
    this.mass = mass;
    labels = new ArrayList<>(java.util.Collections.nCopies(width, List.of()));
  }

  /**
   * A neuron of several labels.
   *
   * @param neuron its index
   * @param labels what it is salient for, in the order in which they were added
   */
  public record Shared(int neuron, List<Integer> labels) {}

  /** Takes in a label. */
  public void add(int label, LabelRanking ranking) {
    for (int place = 0; place < ranking.massSetSize(mass); place++) {
      int neuron = ranking.neuronAt(place);
      if (labels.get(neuron).isEmpty()) {
        labels.set(neuron, new ArrayList<>());
      }
      labels.get(neuron).add(label);
    }
  }

  /** Neurons of two labels or more: most labels first, then by index. */
  public List<Shared> shared() {
    List<Shared> shared = new ArrayList<>();
    for (int neuron = 0; neuron < labels.size(); neuron++) {
      if (labels.get(neuron).size() > 1) {
        shared.add(new Shared(neuron, List.copyOf(labels.get(neuron))));
      }
    }
    shared.sort(Comparator.comparingInt(s -> -s.labels().size()));
    return shared;
  }
}
