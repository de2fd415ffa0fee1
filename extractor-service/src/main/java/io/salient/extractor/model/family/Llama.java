package io.salient.extractor.model.family;

import io.salient.extractor.checkpoint.ModelConfig;
import io.salient.extractor.model.architecture.Architecture;
import io.salient.extractor.model.architecture.Family;
import java.util.List;

/** Llama (Touvron et al., 2023), versions 1 to 3: a {@link GatedDecoder} as it is. */
public final class Llama implements Family {
  @Override
  public List<String> modelTypes() {
    return List.of("llama");
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    boolean bias = config.flag("attention_bias", false);
    return new GatedDecoder(config, "llama")
        .biases(bias, bias, config.flag("mlp_bias", false))
        .build(10_000, 2048);
  }
}
