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
  /** Also that of the families whose blocks are BERT's under other names. */
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
    return BertEmbeddings.builder(config, sizes.hidden(), sizes.vocabulary())
        .layers(sizes.blocks(), block(sizes), "encoder.layer.%d.")
        .text(Activations.methods(config, "hidden_act", "gelu"))
        .build();
  }

  /** A block with BERT's weights. */
  static Block block(Sizes sizes) {
    return new Block("block", tensors(sizes), BLOCK);
  }

  private static Tensors tensors(Sizes sizes) {
    int h = sizes.hidden();
    return new Tensors()
        .linear(
            "qkv",
            h,
            true,
            new Rows("attention.self.query", h),
            new Rows("attention.self.key", h),
            new Rows("attention.self.value", h))
        .linear("attention", h, h, "attention.output.dense")
        .norm("attention_norm", h, "attention.output.LayerNorm")
        .linear("up", sizes.intermediate(), h, "intermediate.dense")
        .linear("down", h, sizes.intermediate(), "output.dense")
        .norm("output_norm", h, "output.LayerNorm");
  }
}
