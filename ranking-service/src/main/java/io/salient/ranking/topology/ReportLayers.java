package io.salient.ranking.topology;

import io.salient.lca.LayerMap;
import io.salient.schemas.avro.ProbeReport;

/** Which layers of a model a probe was fitted on. */
public final class ReportLayers {
  private ReportLayers() {}

  /** By the model's own numbers; a report without numbers is of all layers. */
  public static LayerMap of(ProbeReport report) {
    return report.getLayerNumbers().isEmpty()
        ? new LayerMap(report.getLayers(), report.getHiddenSize())
        : new LayerMap(report.getLayerNumbers(), report.getHiddenSize());
  }
}
