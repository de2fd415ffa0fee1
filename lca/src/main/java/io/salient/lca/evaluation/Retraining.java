package io.salient.lca.evaluation;

import io.salient.lca.NeuronColumns;
import io.salient.lca.ReusedScratch;
import io.salient.lca.ScratchSpace;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.FitProgress;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.probe.Probe;
import io.salient.lca.probe.ProbeFit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Probes that see some neurons only, fitted with the settings of the probe on all of them. Their
 * activations are gathered side by side first, so that a fit costs what its neurons cost.
 */
final class Retraining {
  private final EvaluationData data;
  private final FitSettings settings;
  private final ScratchSpace scratch;
  private final FitProgress progress;

  Retraining(
      EvaluationData data, FitSettings settings, ScratchSpace scratch, FitProgress progress) {
    this.data = data;
    this.settings = settings;
    this.scratch = new ReusedScratch(scratch);
    this.progress = progress;
  }

  /**
   * Fits.
   *
   * @param concepts with their probes on all neurons, which are where the fit starts
   * @param neurons what the probes see, column j being neuron neurons[j]
   * @return one result per concept
   */
  List<FitResult> fit(List<ConceptLabels> concepts, Map<String, Probe> start, int[] neurons) {
    Map<String, Probe> some = new HashMap<>();
    start.forEach((name, probe) -> some.put(name, restricted(probe, neurons)));
    return ProbeFit.fit(
        new NeuronColumns(data.matrix(), neurons),
        data.rows(),
        data.split(),
        concepts,
        some,
        settings,
        scratch,
        progress);
  }

  /** A probe's weights for some neurons. */
  static Probe restricted(Probe probe, int[] neurons) {
    float[][] weights = new float[probe.weights().length][];
    for (int label = 0; label < weights.length; label++) {
      if (probe.weights()[label] != null) {
        weights[label] = new float[neurons.length];
        for (int i = 0; i < neurons.length; i++) {
          weights[label][i] = probe.weights()[label][neurons[i]];
        }
      }
    }
    return new Probe(probe.concept(), probe.labels(), weights, probe.bias());
  }
}
