package io.salient.extractor.model.family;

import io.salient.extractor.checkpoint.ModelConfig;

/**
 * Sizes that most families call the same in config.json.
 *
 * @param hidden units per layer; {@code hidden_size}
 * @param heads attention heads, which divide the hidden size; {@code num_attention_heads}
 * @param blocks transformer blocks; {@code num_hidden_layers}
 * @param intermediate units between the two linear layers of a block; {@code intermediate_size}
 * @param vocabulary rows of the word embedding; {@code vocab_size}
 */
record Sizes(int hidden, int heads, int blocks, int intermediate, int vocabulary) {
  /** Far beyond any model, near enough that sizes multiply without overflow. */
  static final int MOST = 1 << 24;

  static final int MOST_HIDDEN = 1 << 16;
  static final int MOST_HEADS = 1 << 12;
  static final int MOST_BLOCKS = 1 << 10;
  static final int MOST_INTERMEDIATE = 1 << 18;

  /** Takes them from config.json. */
  static Sizes of(ModelConfig config) {
    int hidden = config.size("hidden_size", MOST_HIDDEN);
    int heads = config.size("num_attention_heads", MOST_HEADS);
    requireDivisible(config, "hidden_size", hidden, "num_attention_heads", heads);
    return new Sizes(
        hidden,
        heads,
        config.size("num_hidden_layers", MOST_BLOCKS),
        config.size("intermediate_size", MOST_INTERMEDIATE),
        config.size("vocab_size", MOST));
  }

  /** Refuses a size that cannot be divided by another. */
  static void requireDivisible(
      ModelConfig config, String field, int size, String divisorField, int divisor) {
    if (size % divisor != 0) {
      throw config.refused(
          field, "is " + size + ", not divisible by " + divisorField + " = " + divisor);
    }
  }
}
