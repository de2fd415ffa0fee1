package io.salient.extractor.model.family;

import io.salient.extractor.checkpoint.ModelConfig;
import io.salient.extractor.model.architecture.Architecture;
import io.salient.extractor.model.architecture.Family;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Qwen2 and Qwen2.5 (Yang et al., 2024): a {@link GatedDecoder} with biases for query, key and
 * value; with {@code use_sliding_window}, blocks from {@code max_window_layers} on see no more than
 * the last {@code sliding_window} subwords.
 */
public final class Qwen2 implements Family {
  @Override
  public List<String> modelTypes() {
    return List.of("qwen2");
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    return windowed(config, new GatedDecoder(config, "qwen2").biases(true, false, false))
        .build(10_000, 32_768);
  }

  /** The windows of Qwen2 and Qwen3. */
  static GatedDecoder windowed(ModelConfig config, GatedDecoder decoder) {
    if (!config.flag("use_sliding_window", false)) {
      return decoder;
    }
    int window = config.whole("sliding_window", 4096, 1, Sizes.MOST);
    return decoder.window(window, windowedBlocks(config));
  }

  private static IntPredicate windowedBlocks(ModelConfig config) {
    List<String> types = config.texts("layer_types");
    if (types.isEmpty()) {
      int first = config.whole("max_window_layers", 28, 0, Sizes.MOST);
      return block -> block >= first;
    }
    if (types.size() != config.size("num_hidden_layers", Sizes.MOST_BLOCKS)
        || !List.of("full_attention", "sliding_attention").containsAll(types)) {
      throw config.refused(
          "layer_types", "is not full_attention or sliding_attention for each block");
    }
    return block -> types.get(block).equals("sliding_attention");
  }
}
