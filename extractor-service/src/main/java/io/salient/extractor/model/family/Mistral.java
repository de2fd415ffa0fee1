package io.salient.extractor.model.family;

import io.salient.extractor.checkpoint.ModelConfig;
import io.salient.extractor.model.architecture.Architecture;
import io.salient.extractor.model.architecture.Family;
import java.util.List;

/**
 * Mistral (Jiang et al., 2023): a {@link GatedDecoder} in which each subword sees no more than the
 * last {@code sliding_window} ones (4,096 where config.json does not say), or all where that is
 * null.
 */
public final class Mistral implements Family {
  private static final String WINDOW = "sliding_window";

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
    if (config.isMissing(WINDOW) || config.has(WINDOW)) {
      decoder.window(config.whole(WINDOW, 4096, 1, Sizes.MOST), block -> true);
    }
    return decoder.build(10_000, 4096 * 32);
  }
}
