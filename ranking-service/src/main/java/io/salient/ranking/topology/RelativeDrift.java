package io.salient.ranking.topology;

import io.salient.lca.drift.LayerShift;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.RelativeLayers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Two rankings of models of other layers or width, by relative layer: 0 for the embeddings, 1 for
 * the last layer. Neurons of one have no counterpart in the other.
 */
public final class RelativeDrift {
  private RelativeDrift() {}

  /**
   * Compares the layers of the first neurons of both.
   *
   * @param top how many neurons; fewer where fewer are ranked
   * @return empty where one side ranks nothing or only some of its layers were looked at: where
   *     these lie relative to the others is not known
   */
  public static Optional<RelativeLayers> between(
      ProbeReport before,
      RankingOrder orderBefore,
      ProbeReport after,
      RankingOrder orderAfter,
      int top) {
    boolean whole = before.getLayerNumbers().isEmpty() && after.getLayerNumbers().isEmpty();
    int[] firstBefore = orderBefore.top(top);
    int[] firstAfter = orderAfter.top(top);
    if (!whole || firstBefore.length == 0 || firstAfter.length == 0) {
      return Optional.empty();
    }
    int[] was = LayerShift.histogram(firstBefore, ReportLayers.of(before));
    int[] is = LayerShift.histogram(firstAfter, ReportLayers.of(after));
    return Optional.of(
        new RelativeLayers(
            boxed(was),
            boxed(is),
            LayerShift.meanRelativeLayer(was),
            LayerShift.meanRelativeLayer(is),
            LayerShift.relativeWasserstein(was, is)));
  }

  private static List<Integer> boxed(int[] counts) {
    return Arrays.stream(counts).boxed().toList();
  }
}
