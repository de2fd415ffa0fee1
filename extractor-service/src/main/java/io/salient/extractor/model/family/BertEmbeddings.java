package io.salient.extractor.model.family;

import io.salient.extractor.checkpoint.ModelConfig;
import io.salient.extractor.model.architecture.Architecture;
import io.salient.extractor.model.architecture.Template;
import io.salient.extractor.model.architecture.Tensors;

/**
 * The embeddings of BERT and its descendants: the sum of word, learned absolute position and token
 * type after a LayerNorm, in some families projected to the width of the blocks.
 */
final class BertEmbeddings {
  private static final Template TEXT =
      Template.of(
          """
          def {{method}}(self, ids: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> Tensor:
            fixed = self.positions(ids, w) + $token_types[0]
            return self.norm(torch.embedding($words, ids) + fixed, $embeddings_norm, $eps)
          """);
  private static final String EMBED = TEXT.fill("method", "embed").filled();
  private static final String POSITIONS =
      """
      def positions(self, ids: Tensor, w: List[Tensor]) -> Tensor:
        return $positions[:ids.size(1)]
      """;
  private static final String PROJECTED =
      TEXT.fill("method", "narrow").filled()
          + """
          def embed(self, ids: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> Tensor:
            return self.linear(self.narrow(ids, mask, w), $projection)
          """;

  private BertEmbeddings() {}

  /**
   * A builder with all that belongs to no block.
   *
   * @param hidden width of the blocks
   */
  static Architecture.Builder builder(ModelConfig config, int hidden, int vocabulary) {
    return builder(config, hidden, tensors(config, hidden, vocabulary))
        .sizes(hidden, vocabulary, positions(config))
        .text(EMBED, POSITIONS);
  }

  /**
   * The same with {@link CountedPositions}.
   *
   * @param padding id of the padding subword
   */
  static Architecture.Builder counted(ModelConfig config, int hidden, int vocabulary, int padding) {
    return builder(config, hidden, tensors(config, hidden, vocabulary))
        .number("padding", padding)
        .sizes(hidden, vocabulary, positions(config) - padding - 1)
        .text(EMBED, CountedPositions.TEXT);
  }

  /**
   * The same with embeddings of another width, which a linear layer brings to that of the blocks.
   *
   * @param width of the embeddings
   * @param projection name of the linear layer in the checkpoint
   */
  static Architecture.Builder projected(
      ModelConfig config, int hidden, int vocabulary, int width, String projection) {
    Tensors tensors =
        tensors(config, width, vocabulary).linear("projection", hidden, width, projection);
    return builder(config, hidden, tensors)
        .sizes(hidden, vocabulary, positions(config))
        .text(PROJECTED, POSITIONS);
  }

  private static Architecture.Builder builder(ModelConfig config, int hidden, Tensors tensors) {
    int heads = config.size("num_attention_heads", Sizes.MOST_HEADS);
    Sizes.requireDivisible(config, "hidden_size", hidden, "num_attention_heads", heads);
    config.requireText("position_embedding_type", "absolute");
    config.requireEncoder();
    return Architecture.builder(config.modelType())
        .anchors("embeddings.word_embeddings.weight")
        .number("heads", heads)
        .number("eps", config.number("layer_norm_eps", 1e-12, 0, 1))
        .fixed(tensors);
  }

  private static int positions(ModelConfig config) {
    return config.size("max_position_embeddings", Sizes.MOST);
  }

  private static Tensors tensors(ModelConfig config, int width, int vocabulary) {
    int types = config.whole("type_vocab_size", 2, 1, Sizes.MOST);
    return new Tensors()
        .matrix("words", vocabulary, width, "embeddings.word_embeddings.weight")
        .matrix("positions", positions(config), width, "embeddings.position_embeddings.weight")
        .matrix("token_types", types, width, "embeddings.token_type_embeddings.weight")
        .norm("embeddings_norm", width, "embeddings.LayerNorm");
  }
}
