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
 * OPT (Zhang et al., 2022): causal, learned absolute positions of which the first two rows are not
 * used, pre-norm, or post-norm where {@code do_layer_norm_before} is false (OPT-350m). Layer 0 is
 * the sum of word and position embedding; the last layer is the last block's output after the final
 * norm, which a post-norm model does not have.
 *
 * <p>Where {@code word_embed_proj_dim} differs from the hidden size, word embeddings are projected
 * to it first. Transformers' last hidden state is then projected back to that other width; here the
 * last layer is what it was before, as all layers have one width.
 */
public final class Opt implements Family {
  /** Rows of the position embedding before that of the first subword. */
  private static final int OFFSET = 2;

  private static final String EMBED =
      """
      def embed(self, ids: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> Tensor:
        return torch.embedding($words, ids) + $positions[2:ids.size(1) + 2]
      """;
  private static final String PROJECTED_EMBED =
      """
      def embed(self, ids: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> Tensor:
        return self.linear(torch.embedding($words, ids), $project_in) + $positions[2:ids.size(1) + 2]
      """;
  private static final String LAST =
      """
      def last(self, x: Tensor, w: List[Tensor]) -> Tensor:
        return self.norm(x, $final_norm, 0.00001)
      """;

  private static final String PRE_NORM =
      """
      def block(self, x: Tensor, mask: Optional[Tensor], c: List[Tensor], w: List[Tensor], o: int) -> Tensor:
        q, k, v, = self.linear(self.norm(x, $attention_norm, 0.00001), $qkv).chunk(3, -1)
        a = self.causal_attention(self.heads(q, $heads), self.heads(k, $heads), self.heads(v, $heads), None)
        x1 = self.linear(a, $attention).add_(x)
        f = self.linear_act(self.norm(x1, $feed_norm, 0.00001), $up)
        return self.linear(f, $down).add_(x1)
      """;
  private static final String POST_NORM =
      """
      def block(self, x: Tensor, mask: Optional[Tensor], c: List[Tensor], w: List[Tensor], o: int) -> Tensor:
        q, k, v, = self.linear(x, $qkv).chunk(3, -1)
        a = self.causal_attention(self.heads(q, $heads), self.heads(k, $heads), self.heads(v, $heads), None)
        x1 = self.norm(self.linear(a, $attention).add_(x), $attention_norm, 0.00001)
        f = self.linear_act(x1, $up)
        return self.norm(self.linear(f, $down).add_(x1), $feed_norm, 0.00001)
      """;

  @Override
  public List<String> modelTypes() {
    return List.of("opt");
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    int h = config.size("hidden_size", Sizes.MOST_HIDDEN);
    int heads = config.size("num_attention_heads", Sizes.MOST_HEADS);
    Sizes.requireDivisible(config, "hidden_size", h, "num_attention_heads", heads);
    config.requireFlag("layer_norm_elementwise_affine", true);
    boolean preNorm = config.flag("do_layer_norm_before", true);
    boolean finalNorm = preNorm && !config.flag("_remove_final_layer_norm", false);
    int vocabulary = config.size("vocab_size", Sizes.MOST);
    int positions = config.size("max_position_embeddings", Sizes.MOST);
    int width = config.whole("word_embed_proj_dim", h, 1, Sizes.MOST_HIDDEN);
    Tensors fixed =
        new Tensors()
            .matrix("words", vocabulary, width, "embed_tokens.weight")
            .matrix("positions", positions + OFFSET, h, "embed_positions.weight");
    if (width != h) {
      fixed.linear("project_in", width, false, new Rows("project_in", h));
    }
    if (finalNorm) {
      fixed.norm("final_norm", h, "final_layer_norm");
    }
    return Architecture.builder("opt")
        .sizes(h, vocabulary, positions)
        .anchors("embed_tokens.weight")
        .number("heads", heads)
        .fixed(fixed)
        .layers(
            config.size("num_hidden_layers", Sizes.MOST_BLOCKS),
            new Block("block", blockTensors(config, h), preNorm ? PRE_NORM : POST_NORM),
            "layers.%d.")
        .text(width == h ? EMBED : PROJECTED_EMBED, finalNorm ? LAST : "")
        .text(Activations.methods(config, "activation_function", "relu"))
        .build();
  }

  private static Tensors blockTensors(ModelConfig config, int h) {
    boolean bias = config.flag("enable_bias", true);
    int f = config.size("ffn_dim", Sizes.MOST_INTERMEDIATE);
    return new Tensors()
        .norm("attention_norm", h, "self_attn_layer_norm")
        .linear(
            "qkv",
            h,
            bias,
            new Rows("self_attn.q_proj", h),
            new Rows("self_attn.k_proj", h),
            new Rows("self_attn.v_proj", h))
        .linear("attention", h, bias, new Rows("self_attn.out_proj", h))
        .norm("feed_norm", h, "final_layer_norm")
        .linear("up", h, bias, new Rows("fc1", f))
        .linear("down", f, bias, new Rows("fc2", h));
  }
}
