package io.salient.lca.evaluation;

import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.probe.LabelScore;
import io.salient.lca.probe.Probe;
import io.salient.lca.ranking.NeuronRanking;
import io.salient.lca.ranking.ProbeRanker;
import java.util.Optional;

/**
 * A concept with its probe on all neurons and the ranking that follows from it.
 *
 * @param labels of the words
 * @param fitted the probe
 * @param order all neurons, the most salient first
 */
record RankedConcept(ConceptLabels labels, FitResult.Fitted fitted, int[] order) {
  /** Empty when no label qualifies for a ranking. */
  static Optional<RankedConcept> of(
      ConceptLabels labels, FitResult.Fitted fitted, FitSettings settings) {
    return order(fitted, settings).map(order -> new RankedConcept(labels, fitted, order));
  }

  static Optional<int[]> order(FitResult.Fitted fitted, FitSettings settings) {
    int[] counts = fitted.evaluation().labels().stream().mapToInt(LabelScore::trainCount).toArray();
    return new ProbeRanker(settings.method(), settings.minLabelCount())
        .rank(fitted.probe().weights(), fitted.neurons(), counts)
        .map(NeuronRanking::order);
  }

  Probe probe() {
    return fitted.probe();
  }

  String name() {
    return labels.concept();
  }
}
