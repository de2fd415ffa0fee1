package io.salient.ranking.view;

import io.salient.schemas.avro.LabelNeurons;
import io.salient.schemas.avro.SalientNeurons;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which labels a neuron serves: those half of whose weight it helps to hold. */
final class ServedLabels {
  private ServedLabels() {}

  /** By neuron, its place in each label that it serves, in the order of labels. */
  static Map<ClustersView.Place, List<NeuronView.InLabel>> of(SalientNeurons ranked) {
    Map<ClustersView.Place, List<NeuronView.InLabel>> served = new HashMap<>();
    for (LabelNeurons label : ranked.getPerLabel()) {
      NeuronList.of(label).neurons().stream()
          .limit(label.getMassSetSize())
          .forEach(
              one ->
                  served
                      .computeIfAbsent(one.place(), place -> new ArrayList<>())
                      .add(
                          new NeuronView.InLabel(
                              label.getLabel(), one.rank(), one.weight(), one.mass())));
    }
    return served;
  }
}
