package io.salient.extractor.model.family;

import io.salient.extractor.checkpoint.ModelConfig;
import io.salient.extractor.model.architecture.Architecture;
import io.salient.extractor.model.architecture.Family;
import java.util.List;

/**
 * Gemma, the first version (Gemma Team, 2024): a {@link GatedDecoder} whose word embeddings are
 * multiplied with the root of the hidden size (also in layer 0), whose norms are stored as their
 * distance from 1, with heads of 256 units where config.json does not say. Its first config.json
 * files say {@code gelu} and mean the one by tanh.
 */
public final class Gemma implements Family {
  @Override
  public List<String> modelTypes() {
    return List.of("gemma");
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    boolean bias = config.flag("attention_bias", false);
    GatedDecoder decoder =
        new GatedDecoder(config, "gemma")
            .headSize(256)
            .biases(bias, bias, false)
            .normsAroundOne()
            .embeddingScale(Math.sqrt(config.size("hidden_size", Sizes.MOST_HIDDEN)));
    if (config.text("hidden_act", "gelu").equals("gelu")) {
      decoder.activation("gelu_pytorch_tanh");
    }
    return decoder.build(10_000, 8192);
  }
}
