package io.salient.lca.evaluation;

import io.salient.lca.LayerMap;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.Probe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** One probe per layer, all concepts jointly: where in the model a concept can be read off. */
final class LayerProbes {
  private LayerProbes() {}

  /**
   * Fits a probe on each layer.
   *
   * @return per concept one accuracy on the test words per layer that is looked at, in their order;
   *     empty where there is none
   */
  static List<List<OptionalDouble>> of(
      List<RankedConcept> concepts, LayerMap layers, Retraining retraining) {
    List<List<OptionalDouble>> accuracies = new ArrayList<>();
    concepts.forEach(concept -> accuracies.add(new ArrayList<>()));
    List<ConceptLabels> labels = concepts.stream().map(RankedConcept::labels).toList();
    Map<String, Probe> start = new HashMap<>();
    concepts.forEach(concept -> start.put(concept.name(), concept.probe()));
    for (int place = 0; place < layers.layers(); place++) {
      int first = place * layers.hiddenSize();
      int[] neurons = IntStream.range(first, first + layers.hiddenSize()).toArray();
      List<FitResult> results = retraining.fit(labels, start, neurons);
      for (int k = 0; k < results.size(); k++) {
        accuracies.get(k).add(accuracy(results.get(k)));
      }
    }
    return accuracies;
  }

  private static OptionalDouble accuracy(FitResult result) {
    return result instanceof FitResult.Fitted fitted
        ? fitted.evaluation().accuracy()
        : OptionalDouble.empty();
  }
}
