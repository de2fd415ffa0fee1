package io.salient.ranking.view;

import io.salient.schemas.avro.SalientNeurons;
import java.util.List;

/**
 * The neurons that one concept is encoded in.
 *
 * @param ranking the first neurons over all labels
 * @param reproducibility how far another half of the corpus finds them, 0 to 1; null when not known
 * @param reproducibilityReason why it is not known; null otherwise
 * @param perLabel the first neurons of each label
 * @param histogramSize size k of the set that layerHistogram counts
 * @param layerHistogram how many of the first k neurons lie in each layer
 * @param meanLayer of the first k
 * @param polysemous neurons that are salient for two labels or more, most labels first
 * @param polysemousCount how many such neurons there are
 */
public record SalientView(
    List<NeuronViews.Ranked> ranking,
    Double reproducibility,
    String reproducibilityReason,
    List<NeuronViews.OfLabel> perLabel,
    int histogramSize,
    List<Integer> layerHistogram,
    double meanLayer,
    List<NeuronViews.Polysemous> polysemous,
    int polysemousCount) {
  static SalientView of(SalientNeurons neurons, int top) {
    String reason = neurons.getReproducibilityReason();
    return new SalientView(
        NeuronViews.Ranked.of(neurons.getRanking(), top),
        neurons.getReproducibility(),
        reason.isEmpty() ? null : reason,
        NeuronViews.OfLabel.of(neurons, top),
        neurons.getHistogramSize(),
        neurons.getLayerHistogram(),
        neurons.getMeanLayer(),
        NeuronViews.Polysemous.of(neurons, top),
        neurons.getPolysemousCount());
  }
}
