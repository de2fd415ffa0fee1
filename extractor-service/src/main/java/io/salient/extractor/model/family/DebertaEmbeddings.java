package io.salient.extractor.model.family;

import io.salient.extractor.checkpoint.ModelConfig;
import io.salient.extractor.model.architecture.Tensors;
import io.salient.extractor.model.architecture.Tensors.Rows;

/**
 * DeBERTa's embeddings: of words, and of positions, token types and another width if it says so.
 */
final class DebertaEmbeddings {
  private DebertaEmbeddings() {}

  /** Adds their weights and returns the method that computes layer 0. */
  static String add(Tensors fixed, ModelConfig config, Sizes sizes, int positions) {
    int width = config.whole("embedding_size", sizes.hidden(), 1, Sizes.MOST_HIDDEN);
    int types = config.whole("type_vocab_size", 0, 0, Sizes.MOST);
    String sum = "torch.embedding($words, ids)";
    fixed.matrix("words", sizes.vocabulary(), width, "embeddings.word_embeddings.weight");
    if (config.flag("position_biased_input", true)) {
      fixed.matrix("positions", positions, width, "embeddings.position_embeddings.weight");
      sum += " + $positions[:ids.size(1)]";
    }
    if (types > 0) {
      fixed.matrix("token_types", types, width, "embeddings.token_type_embeddings.weight");
      sum += " + $token_types[0]";
    }
    if (width != sizes.hidden()) {
      Rows projection = new Rows("embeddings.embed_proj", sizes.hidden());
      fixed.linear("projection", width, false, projection);
      sum = "self.linear(" + sum + ", $projection)";
    }
    fixed.norm("embeddings_norm", sizes.hidden(), "embeddings.LayerNorm");
    return """
    def embed(self, ids: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> Tensor:
      return self.norm(%s, $embeddings_norm, $eps)
    """
        .formatted(sum);
  }
}
