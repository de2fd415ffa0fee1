package io.salient.extractor.model.family;

import io.salient.extractor.checkpoint.ModelConfig;
import io.salient.extractor.model.architecture.Activations;
import io.salient.extractor.model.architecture.Architecture;
import io.salient.extractor.model.architecture.Block;
import io.salient.extractor.model.architecture.Family;
import io.salient.extractor.model.architecture.Template;
import io.salient.extractor.model.architecture.Tensors;
import java.util.List;

/**
 * GPT-2 (Radford et al., 2019): causal, learned absolute positions, pre-norm; its linear layers are
 * stored transposed. Layer 0 is the sum of word and position embedding; the last layer is the last
 * block's output after the final norm.
 *
 * <p>{@code reorder_and_upcast_attn} makes no difference in float32.
 */
public final class Gpt2 implements Family {
  private static final String TEXT =
      """
      def embed(self, ids: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> Tensor:
        return torch.embedding($words, ids) + $positions[:ids.size(1)]
      def last(self, x: Tensor, w: List[Tensor]) -> Tensor:
        return self.norm(x, $final_norm, $eps)
      """;

  private static final String BLOCK =
      """
      def {{method}}(self, x: Tensor, mask: Optional[Tensor], c: List[Tensor], w: List[Tensor], o: int) -> Tensor:
        q, k, v, = self.linear(self.norm(x, $attention_norm, $eps), $qkv).chunk(3, -1)
        a = self.causal_attention(self.heads(q, $heads), self.heads(k, $heads), self.heads(v, $heads), {{scale}})
        x1 = self.linear(a, $attention).add_(x)
        f = self.linear_act(self.norm(x1, $feed_norm, $eps), $up)
        return self.linear(f, $down).add_(x1)
      """;

  @Override
  public List<String> modelTypes() {
    return List.of("gpt2");
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    int h = config.size("n_embd", Sizes.MOST_HIDDEN);
    int heads = config.size("n_head", Sizes.MOST_HEADS);
    Sizes.requireDivisible(config, "n_embd", h, "n_head", heads);
    int vocabulary = config.size("vocab_size", Sizes.MOST);
    int positions = config.size("n_positions", Sizes.MOST);
    int f = config.whole("n_inner", 4 * h, 1, Sizes.MOST_INTERMEDIATE);
    config.requireFlag("add_cross_attention", false);
    Tensors fixed =
        new Tensors()
            .matrix("words", vocabulary, h, "wte.weight")
            .matrix("positions", positions, h, "wpe.weight")
            .norm("final_norm", h, "ln_f");
    Tensors block =
        new Tensors()
            .norm("attention_norm", h, "ln_1")
            .conv1d("qkv", 3 * h, h, "attn.c_attn")
            .conv1d("attention", h, h, "attn.c_proj")
            .norm("feed_norm", h, "ln_2")
            .conv1d("up", f, h, "mlp.c_fc")
            .conv1d("down", h, f, "mlp.c_proj");
    Architecture.Builder builder =
        Architecture.builder("gpt2")
            .sizes(h, vocabulary, positions)
            .anchors("wte.weight")
            .number("heads", heads)
            .number("eps", config.number("layer_norm_epsilon", 1e-5, 0, 1))
            .fixed(fixed)
            .text(TEXT, Activations.methods(config, "activation_function", "gelu_new"));
    boolean byHead = config.flag("scale_attn_weights", true);
    boolean byLayer = config.flag("scale_attn_by_inverse_layer_idx", false);
    Block plain = block(block, "block", byHead ? "None" : "1.");
    for (int i = 0; i < config.size("n_layer", Sizes.MOST_BLOCKS); i++) {
      double scale = (byHead ? 1 / Math.sqrt((double) h / heads) : 1) / (i + 1);
      builder.layer(byLayer ? block(block, "block" + i, "" + scale) : plain, "h." + i + ".");
    }
    return builder.build();
  }

  private static Block block(Tensors tensors, String method, String scale) {
    return new Block(
        method, tensors, Template.of(BLOCK).fill("method", method).fill("scale", scale).filled());
  }
}
