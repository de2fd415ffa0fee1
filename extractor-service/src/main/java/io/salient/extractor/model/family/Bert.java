package io.salient.extractor.model.family;

import io.salient.extractor.checkpoint.ModelConfig;
import io.salient.extractor.model.architecture.Activations;
import io.salient.extractor.model.architecture.Architecture;
import io.salient.extractor.model.architecture.Block;
import io.salient.extractor.model.architecture.Family;
import io.salient.extractor.model.architecture.Tensors;
import io.salient.extractor.model.architecture.Tensors.Rows;
import java.util.List;

/**
 * BERT (Devlin et al., NAACL 2019): learned absolute positions, post-norm. Layer 0 is the sum of
 * the embeddings after its LayerNorm; no final norm.
 */
public final class Bert implements Family {
  private static final String EMBEDDINGS =
      """
      def embed(self, ids: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> Tensor:
        fixed = $positions[:ids.size(1)] + $token_types[0]
        return self.norm(torch.embedding($words, ids) + fixed, $embeddings_norm, $eps)
      """;

  /** Also that of the families whose blocks are BERT's. */
  static final String BLOCK =
      """
      def block(self, x: Tensor, mask: Optional[Tensor], c: List[Tensor], w: List[Tensor], o: int) -> Tensor:
        q, k, v, = self.linear(x, $qkv).chunk(3, -1)
        a = self.attention(self.heads(q, $heads), self.heads(k, $heads), self.heads(v, $heads), mask, None)
        x1 = self.norm(self.linear(a, $attention).add_(x), $attention_norm, $eps)
        f = self.linear(self.linear_act(x1, $up), $down)
        return self.norm(f.add_(x1), $output_norm, $eps)
      """;

  @Override
  public List<String> modelTypes() {
    return List.of("bert");
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    Sizes sizes = Sizes.of(config);
    config.requireText("position_embedding_type", "absolute");
    config.requireEncoder();
    int h = sizes.hidden();
    int positions = config.size("max_position_embeddings", Sizes.MOST);
    int types = config.whole("type_vocab_size", 2, 1, Sizes.MOST);
    Tensors embeddings =
        new Tensors()
            .matrix("words", sizes.vocabulary(), h, "embeddings.word_embeddings.weight")
            .matrix("positions", positions, h, "embeddings.position_embeddings.weight")
            .matrix("token_types", types, h, "embeddings.token_type_embeddings.weight")
            .norm("embeddings_norm", h, "embeddings.LayerNorm");
    return Architecture.builder("bert")
        .sizes(h, sizes.vocabulary(), positions)
        .anchors("embeddings.word_embeddings.weight")
        .number("heads", sizes.heads())
        .number("eps", config.number("layer_norm_eps", 1e-12, 0, 1))
        .fixed(embeddings)
        .layers(sizes.blocks(), block(h, sizes.intermediate()), "encoder.layer.%d.")
        .text(EMBEDDINGS, Activations.methods(config, "hidden_act", "gelu"))
        .build();
  }

  /** A block with BERT's weights. */
  static Block block(int hidden, int intermediate) {
    String self = "attention.self.";
    Tensors tensors =
        new Tensors()
            .linear(
                "qkv",
                hidden,
                true,
                new Rows(self + "query", hidden),
                new Rows(self + "key", hidden),
                new Rows(self + "value", hidden))
            .linear("attention", hidden, hidden, "attention.output.dense")
            .norm("attention_norm", hidden, "attention.output.LayerNorm")
            .linear("up", intermediate, hidden, "intermediate.dense")
            .linear("down", hidden, intermediate, "output.dense")
            .norm("output_norm", hidden, "output.LayerNorm");
    return new Block("block", tensors, BLOCK);
  }
}
