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
 * The encoder of T5 (Raffel et al., JMLR 2020), of version 1.0 and of the later ones with gated
 * feed-forward (v1.1, Flan): pre-norm by root mean square, no biases, attention not scaled, and a
 * learned bias for the distance of two subwords, which block 0 holds and all use. Layer 0 is the
 * word embedding; the last layer is the last block's output after the final norm.
 *
 * <p>Distances have no end, but sentences do: {@code n_positions} of config.json, or 512, the
 * length that T5 was trained with.
 */
public final class T5 implements Family {
  private static final String TEXT =
      """
      def embed(self, ids: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> Tensor:
        return torch.embedding($words, ids)
      def last(self, x: Tensor, w: List[Tensor]) -> Tensor:
        return self.rms_norm(x, $final_norm, $eps)
      """;

  private static final String BLOCK =
      """
      def block(self, x: Tensor, mask: Optional[Tensor], c: List[Tensor], w: List[Tensor], o: int) -> Tensor:
        q, k, v, = self.linear(self.rms_norm(x, $attention_norm, $eps), $qkv).chunk(3, -1)
        a = self.attention(self.heads(q, $heads), self.heads(k, $heads), self.heads(v, $heads), c[0], 1.)
        x1 = self.linear(a, $attention).add_(x)
        return self.linear(self.feed(self.rms_norm(x1, $feed_norm, $eps), w, o), $down).add_(x1)
      """;
  private static final String PLAIN =
      """
      def feed(self, x: Tensor, w: List[Tensor], o: int) -> Tensor:
        return self.linear_act(x, $up)
      """;
  private static final String GATED =
      """
      def feed(self, x: Tensor, w: List[Tensor], o: int) -> Tensor:
        return self.linear_act(x, $gate).mul_(self.linear(x, $up))
      """;

  @Override
  public List<String> modelTypes() {
    return List.of("t5");
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    int h = config.size("d_model", Sizes.MOST_HIDDEN);
    int heads = config.size("num_heads", Sizes.MOST_HEADS);
    int vocabulary = config.size("vocab_size", Sizes.MOST);
    int buckets = config.whole("relative_attention_num_buckets", 32, 4, Sizes.MOST_HIDDEN);
    int reach = config.whole("relative_attention_max_distance", 128, buckets / 4 + 1, Sizes.MOST);
    FeedForward feed = FeedForward.of(config);
    Tensors fixed =
        new Tensors()
            .matrix("words", vocabulary, h, "shared.weight")
            .matrix(
                "distances",
                buckets,
                heads,
                "encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight")
            .vector("final_norm", h, "encoder.final_layer_norm.weight");
    Architecture.Builder builder = Architecture.builder("t5");
    return DistanceBuckets.in(builder, buckets, reach)
        .sizes(h, vocabulary, config.whole("n_positions", 512, 1, Sizes.MOST))
        .anchors("shared.weight")
        .number("heads", heads)
        .number("eps", config.number("layer_norm_epsilon", 1e-6, 0, 1))
        .fixed(fixed)
        .layers(
            config.size("num_layers", Sizes.MOST_BLOCKS),
            new Block(
                "block",
                tensors(config, h, heads, feed.gated()),
                BLOCK + (feed.gated() ? GATED : PLAIN)),
            "encoder.block.%d.")
        .text(TEXT, feed.methods())
        .build();
  }

  private static Tensors tensors(ModelConfig config, int h, int heads, boolean gated) {
    int inner = heads * config.size("d_kv", Sizes.MOST_HIDDEN);
    int f = config.size("d_ff", Sizes.MOST_INTERMEDIATE);
    String attention = "layer.0.SelfAttention.";
    String dense = "layer.1.DenseReluDense.";
    Tensors tensors =
        new Tensors()
            .vector("attention_norm", h, "layer.0.layer_norm.weight")
            .linear(
                "qkv",
                h,
                false,
                new Rows(attention + "q", inner),
                new Rows(attention + "k", inner),
                new Rows(attention + "v", inner))
            .linear("attention", inner, false, new Rows(attention + "o", h))
            .vector("feed_norm", h, "layer.1.layer_norm.weight")
            .linear("down", f, false, new Rows(dense + "wo", h));
    return gated
        ? tensors
            .linear("gate", h, false, new Rows(dense + "wi_0", f))
            .linear("up", h, false, new Rows(dense + "wi_1", f))
        : tensors.linear("up", h, false, new Rows(dense + "wi", f));
  }

  /** What {@code feed_forward_proj} says: an activation, or {@code gated-} and one. */
  private record FeedForward(boolean gated, String methods) {
    static FeedForward of(ModelConfig config) {
      String field = "feed_forward_proj";
      String text = config.text(field, "relu");
      boolean gated = text.startsWith("gated-");
      String name = gated ? text.substring("gated-".length()) : text;
      // Transformers means the approximation when it says gated-gelu, and only then.
      return new FeedForward(
          gated,
          Activations.named(config, field, gated && name.equals("gelu") ? "gelu_new" : name));
    }
  }
}
