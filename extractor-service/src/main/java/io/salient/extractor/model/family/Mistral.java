package io.salient.extractor.model.family;

import io.salient.extractor.checkpoint.ModelConfig;
import io.salient.extractor.model.architecture.Architecture;
import io.salient.extractor.model.architecture.Family;
import java.util.List;

/**
 * Mistral (Jiang et al., 2023): a {@link GatedDecoder} in which each subword sees no more than the
 * last {@code sliding_window} ones, or all where that is null.
 */
public final class Mistral implements Family {
  @Override
  public List<String> modelTypes() {
    return List.of("mistral");
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    if (!config.texts("layer_types").isEmpty()) {
      throw config.refused("layer_types", "is there: a Mistral's blocks are all alike");
    }
    GatedDecoder decoder = new GatedDecoder(config, "mistral");
    if (config.has("sliding_window")) {
      decoder.window(config.size("sliding_window", Sizes.MOST), block -> true);
    }
    return decoder.build(10_000, 4096 * 32);
  }
}
