package io.salient.probe.training;

import io.salient.lca.LayerMap;
import io.salient.schemas.avro.ExtractionStarted;

/** Which layers of a model an extraction sends. */
public final class StartedLayers {
  private StartedLayers() {}

  /** By the model's own numbers; an extraction without numbers is of all layers. */
  public static LayerMap of(ExtractionStarted started) {
    return started.getLayerNumbers().isEmpty()
        ? new LayerMap(started.getLayers(), started.getHiddenSize())
        : new LayerMap(started.getLayerNumbers(), started.getHiddenSize());
  }
}
