package io.salient.extractor.model;

import io.salient.extractor.checkpoint.ModelConfig;
import java.util.List;

/**
 * Sizes of a BERT, by the names of its config.json.
 *
 * @param hiddenSize units per layer
 * @param heads attention heads; divide the hidden size
 * @param blocks transformer blocks; layers are one more
 * @param intermediateSize units between the two linear layers of a block
 * @param vocabulary rows of the word embedding
 * @param maxPositions rows of the position embedding
 * @param tokenTypes rows of the token type embedding
 * @param layerNormEpsilon added to the variance
 * @param activation gelu, gelu_new, relu or silu
 */
public record BertConfig(
    int hiddenSize,
    int heads,
    int blocks,
    int intermediateSize,
    int vocabulary,
    int maxPositions,
    int tokenTypes,
    double layerNormEpsilon,
    String activation) {
  private static final List<String> ACTIVATIONS = List.of("gelu", "gelu_new", "relu", "silu");

  /** Far beyond any model of the family, near enough that sizes multiply without overflow. */
  private static final int MOST = 1 << 24;

  /**
   * Takes them from config.json.
   *
   * @throws io.salient.extractor.checkpoint.CheckpointException naming the field that is wrong
   */
  static BertConfig of(ModelConfig config) {
    int hidden = config.size("hidden_size", 1 << 16);
    int heads = config.size("num_attention_heads", 1 << 12);
    if (hidden % heads != 0) {
      throw config.refused(
          "hidden_size", "is " + hidden + ", not divisible by num_attention_heads = " + heads);
    }
    String positions = config.text("position_embedding_type", "absolute");
    if (!positions.equals("absolute")) {
      throw config.refused(
          "position_embedding_type", "is " + positions + "; only absolute is supported");
    }
    if (config.isTrue("is_decoder") || config.isTrue("add_cross_attention")) {
      throw config.refused("is_decoder", "is true; only encoders are supported");
    }
    String activation = config.text("hidden_act", "gelu");
    if (!ACTIVATIONS.contains(activation)) {
      throw config.refused("hidden_act", "is " + activation + "; supported are " + ACTIVATIONS);
    }
    return new BertConfig(
        hidden,
        heads,
        config.size("num_hidden_layers", 1 << 10),
        config.size("intermediate_size", 1 << 18),
        config.size("vocab_size", MOST),
        config.size("max_position_embeddings", MOST),
        config.has("type_vocab_size") ? config.size("type_vocab_size", MOST) : 2,
        config.number("layer_norm_eps", 1e-12, 0, 1),
        activation);
  }
}
