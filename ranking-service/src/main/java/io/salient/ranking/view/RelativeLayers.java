package io.salient.ranking.view;

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

  /** Null for null. */
  public static RelativeLayers of(io.salient.schemas.avro.RelativeLayers layers) {
    return layers == null
        ? null
        : new RelativeLayers(
            layers.getHistogramBefore().size(),
            layers.getHistogramAfter().size(),
            layers.getHistogramBefore(),
            layers.getHistogramAfter(),
            layers.getMeanBefore(),
            layers.getMeanAfter(),
            layers.getMeanAfter() - layers.getMeanBefore(),
            layers.getWasserstein());
  }
}
