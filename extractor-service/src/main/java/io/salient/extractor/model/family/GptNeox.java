package io.salient.extractor.model.family;

import ai.djl.ndarray.types.Shape;
import io.salient.extractor.checkpoint.ModelConfig;
import io.salient.extractor.model.architecture.Activations;
import io.salient.extractor.model.architecture.Architecture;
import io.salient.extractor.model.architecture.Block;
import io.salient.extractor.model.architecture.Family;
import io.salient.extractor.model.architecture.Tensors;
import io.salient.extractor.model.architecture.Tensors.Rows;
import java.util.List;

/**
 * GPT-NeoX (Black et al., 2022), which is also Pythia's: causal, rotary positions on a part of each
 * head, pre-norm; attention and feed-forward side by side ({@code use_parallel_residual}) or one
 * behind the other. Query, key and value of a head lie together in one linear layer. Layer 0 is the
 * word embedding; the last layer is the last block's output after the final norm.
 */
public final class GptNeox implements Family {
  private static final String TEXT =
      """
      def embed(self, ids: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> Tensor:
        return torch.embedding($words, ids)
      def turned(self, x: Tensor, c: List[Tensor]) -> Tensor:
        n = c[0].size(-1)
        if n == x.size(-1):
          return self.rotate(x, c[0], c[1])
        return torch.cat([self.rotate(x[..., :n], c[0], c[1]), x[..., n:]], -1)
      def last(self, x: Tensor, w: List[Tensor]) -> Tensor:
        return self.norm(x, $final_norm, $eps)
      """;

  private static final String BLOCK =
      """
      def block(self, x: Tensor, mask: Optional[Tensor], c: List[Tensor], w: List[Tensor], o: int) -> Tensor:
        qkv = self.heads(self.linear(self.norm(x, $attention_norm, $eps), $qkv), $heads)
        q, k, v, = qkv.chunk(3, -1)
        a = self.linear(self.causal_attention(self.turned(q, c), self.turned(k, c), v, None), $attention)
      """;

  private static final String PARALLEL =
      """
        f = self.linear_act(self.norm(x, $feed_norm, $eps), $up)
        return self.linear(f, $down).add_(a).add_(x)
      """;

  private static final String SEQUENTIAL =
      """
        x1 = a.add_(x)
        f = self.linear_act(self.norm(x1, $feed_norm, $eps), $up)
        return self.linear(f, $down).add_(x1)
      """;

  @Override
  public List<String> modelTypes() {
    return List.of("gpt_neox");
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    Sizes sizes = Sizes.of(config);
    int h = sizes.hidden();
    int rotated = rotated(config, h / sizes.heads());
    Rope rope = Rope.of(config, rotated, config.number("rotary_emb_base", 10_000, 1, 1e12));
    Tensors fixed =
        new Tensors()
            .matrix("words", sizes.vocabulary(), h, "embed_in.weight")
            .norm("final_norm", h, "final_layer_norm")
            .computed("frequencies", new Shape(rotated / 2), rope.frequencies());
    return Architecture.builder("gpt_neox")
        .sizes(h, sizes.vocabulary(), config.size("max_position_embeddings", Sizes.MOST))
        .anchors("embed_in.weight")
        .number("heads", sizes.heads())
        .number("eps", config.number("layer_norm_eps", 1e-5, 0, 1))
        .number("rotary_scale", rope.scale())
        .fixed(fixed)
        .layers(sizes.blocks(), block(config, sizes), "layers.%d.")
        .text(TEXT, Rope.CONTEXT, Activations.methods(config, "hidden_act", "gelu"))
        .build();
  }

  /** Units of a head that are rotated. */
  private static int rotated(ModelConfig config, int head) {
    ModelConfig parameters = Rope.parameters(config);
    double part =
        parameters.number("partial_rotary_factor", config.number("rotary_pct", 0.25, 0, 1), 0, 1);
    int rotated = (int) (head * part);
    if (rotated < 2 || rotated % 2 != 0) {
      throw config.refused(
          "rotary_pct",
          "rotates " + rotated + " of the " + head + " units of a head, which are no pairs");
    }
    return rotated;
  }

  private static Block block(ModelConfig config, Sizes sizes) {
    int h = sizes.hidden();
    boolean bias = config.flag("attention_bias", true);
    Tensors tensors =
        new Tensors()
            .norm("attention_norm", h, "input_layernorm")
            .linear("qkv", h, bias, new Rows("attention.query_key_value", 3 * h))
            .linear("attention", h, bias, new Rows("attention.dense", h))
            .norm("feed_norm", h, "post_attention_layernorm")
            .linear("up", sizes.intermediate(), h, "mlp.dense_h_to_4h")
            .linear("down", h, sizes.intermediate(), "mlp.dense_4h_to_h");
    boolean parallel = config.flag("use_parallel_residual", true);
    return new Block("block", tensors, BLOCK + (parallel ? PARALLEL : SEQUENTIAL));
  }
}
