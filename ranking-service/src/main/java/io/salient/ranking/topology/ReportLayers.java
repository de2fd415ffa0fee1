package io.salient.ranking.topology;

import io.salient.lca.LayerMap;
import io.salient.schemas.avro.EarlyWarning;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.ReplicateRankings;
import java.util.List;

/** Which layers of a model a probe was fitted on. */
public final class ReportLayers {
  private ReportLayers() {}

  /** By the model's own numbers; a report without numbers is of all layers. */
  public static LayerMap of(ProbeReport report) {
    return of(report.getLayerNumbers(), report.getLayers(), report.getHiddenSize());
  }

  /** Those that a ranking before any fit is of. */
  public static LayerMap of(EarlyWarning warning) {
    return of(warning.getLayerNumbers(), warning.getLayers(), warning.getHiddenSize());
  }

  static LayerMap of(ReplicateRankings replicates) {
    return of(replicates.getLayerNumbers(), replicates.getLayers(), replicates.getHiddenSize());
  }

  private static LayerMap of(List<Integer> numbers, int layers, int hiddenSize) {
    return numbers.isEmpty() ? new LayerMap(layers, hiddenSize) : new LayerMap(numbers, hiddenSize);
  }
}
