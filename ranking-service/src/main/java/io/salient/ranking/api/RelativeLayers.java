package io.salient.ranking.api;

import io.salient.lca.drift.LayerShift;
import io.salient.ranking.topology.KeptRankings;
import io.salient.ranking.topology.ReportLayers;
import io.salient.schemas.avro.ProbeReport;
import java.util.Arrays;
import java.util.List;

/**
 * Two rankings of models of different sizes, compared by relative layer: 0 for the embeddings, 1
 * for the last layer. Neurons of one have no counterpart in the other.
 *
 * @param layersA layers of A, embeddings included
 * @param layersB layers of B
 * @param histogramA how many of the first k of A lie in each layer
 * @param histogramB the same of B
 * @param meanA mean relative layer of the first k of A, 0 to 1
 * @param meanB the same of B
 * @param shift meanB - meanA
 * @param wasserstein distance of the histograms over relative layers, 0 to 1
 */
public record RelativeLayers(
    int layersA,
    int layersB,
    List<Integer> histogramA,
    List<Integer> histogramB,
    double meanA,
    double meanB,
    double shift,
    double wasserstein) {

  static RelativeLayers of(KeptRankings.Kept a, KeptRankings.Kept b, int top) {
    int[] histogramA = histogram(a, top);
    int[] histogramB = histogram(b, top);
    double meanA = LayerShift.meanRelativeLayer(histogramA);
    double meanB = LayerShift.meanRelativeLayer(histogramB);
    return new RelativeLayers(
        histogramA.length,
        histogramB.length,
        Arrays.stream(histogramA).boxed().toList(),
        Arrays.stream(histogramB).boxed().toList(),
        meanA,
        meanB,
        meanB - meanA,
        LayerShift.relativeWasserstein(histogramA, histogramB));
  }

  private static int[] histogram(KeptRankings.Kept kept, int top) {
    ProbeReport report = kept.neurons().getReport();
    int[] first = kept.order().top(top);
    return LayerShift.histogram(first, ReportLayers.of(report));
  }
}
