package io.salient.extractor.model.family;

import io.salient.extractor.checkpoint.ModelConfig;
import io.salient.extractor.model.architecture.Architecture;
import io.salient.extractor.model.architecture.Family;
import java.util.List;

/**
 * Qwen3 (Yang et al., 2025): a {@link GatedDecoder} with a norm for the query and the key of each
 * head, heads of 128 units where config.json does not say, and the windows of {@link Qwen2}.
 */
public final class Qwen3 implements Family {
  @Override
  public List<String> modelTypes() {
    return List.of("qwen3");
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    boolean bias = config.flag("attention_bias", false);
    GatedDecoder decoder =
        new GatedDecoder(config, "qwen3").headSize(128).headNorms().biases(bias, bias, false);
    return Qwen2.windowed(config, decoder).build(10_000, 32_768);
  }
}
