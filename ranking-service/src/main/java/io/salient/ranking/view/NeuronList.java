package io.salient.ranking.view;

import io.salient.schemas.avro.LabelNeurons;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.schemas.avro.WeightedNeuron;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The neurons of a ranking that a result lists, over all labels or of one label, the most salient
 * first.
 *
 * @param neurons those listed, first rank first
 */
record NeuronList(List<One> neurons) {
  /**
   * A listed neuron.
   *
   * @param place layer and unit
   * @param rank from 1
   * @param score over all labels; null for a label
   * @param weight signed, of a label; null over all labels
   * @param mass share of the label's weight from the strongest neuron to this one; null over all
   *     labels
   */
  record One(ClustersView.Place place, int rank, Double score, Float weight, Double mass) {}

  /**
   * The list of a ranking.
   *
   * @param label null for the ranking over all labels
   * @return empty where there is no such label
   */
  static Optional<NeuronList> of(SalientNeurons ranked, String label) {
    return label == null
        ? Optional.of(overAll(ranked))
        : ranked.getPerLabel().stream()
            .filter(one -> one.getLabel().equals(label))
            .map(NeuronList::of)
            .findFirst();
  }

  private static NeuronList overAll(SalientNeurons ranked) {
    return new NeuronList(
        NeuronViews.Ranked.of(ranked.getRanking(), ranked.getRanking().size()).stream()
            .map(
                one ->
                    new One(
                        new ClustersView.Place(one.layer(), one.unit()),
                        one.rank(),
                        one.score(),
                        null,
                        null))
            .toList());
  }

  static NeuronList of(LabelNeurons label) {
    List<One> all = new ArrayList<>();
    for (WeightedNeuron one : label.getNeurons()) {
      all.add(
          new One(
              new ClustersView.Place(one.getLayer(), one.getUnit()),
              all.size() + 1,
              null,
              one.getWeight(),
              one.getMass()));
    }
    return new NeuronList(all);
  }

  /** Rank of each neuron that is listed. */
  Map<ClustersView.Place, Integer> ranks() {
    Map<ClustersView.Place, Integer> ranks = new HashMap<>();
    neurons.forEach(one -> ranks.put(one.place(), one.rank()));
    return ranks;
  }

  int size() {
    return neurons.size();
  }
}
