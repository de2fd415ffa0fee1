package io.salient.extractor.model.family;

import ai.djl.ndarray.types.Shape;
import io.salient.extractor.checkpoint.ModelConfig;
import io.salient.extractor.model.architecture.Activations;
import io.salient.extractor.model.architecture.Architecture;
import io.salient.extractor.model.architecture.Block;
import io.salient.extractor.model.architecture.Family;
import io.salient.extractor.model.architecture.Tensors;
import java.util.List;

/**
 * XLNet (Yang et al., NeurIPS 2019) as an encoder: one stream, no memory, every subword sees all
 * others; relative positions, post-norm. Layer 0 is the word embedding; no final norm. The
 * classifier subword has a segment of its own, as XLNet's tokenizer says.
 *
 * <p>The positions have no end; the limit is {@link #MAX_POSITIONS}, as scores take memory by its
 * square.
 */
public final class XlNet implements Family {
  /** Longest sentence in subwords. */
  static final int MAX_POSITIONS = 1024;

  private static final int CLASSIFIER = 3; // <cls> in every vocabulary of XLNet

  private static final String TEXT =
      """
      def embed(self, ids: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> Tensor:
        return torch.embedding($words, ids)
      def context(self, x: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> List[Tensor]:
        s = x.size(1)
        distances = torch.arange(s, -s, -1, dtype=6, device=x.device)
        angles = torch.outer(distances, $frequencies)
        segment = torch.all(x == $words[$classifier], -1)
        differs = (segment[:, None, :, None] != segment[:, None, None, :]).to(x.dtype)
        return [torch.cat([angles.sin(), angles.cos()], -1), differs]
      def shifted(self, x: Tensor) -> Tensor:
        b, n, s, t, = x.size()
        return x.reshape([b, n, t, s])[:, :, 1:].reshape([b, n, s, t - 1])[..., :s]
      """;

  private static final String BLOCK =
      """
      def block(self, x: Tensor, mask: Optional[Tensor], c: List[Tensor], w: List[Tensor], o: int) -> Tensor:
        q = self.heads(self.linear(x, $query), $heads)
        k = self.heads(self.linear(x, $key), $heads)
        v = self.heads(self.linear(x, $value), $heads)
        r = self.heads(self.linear(c[0], $distance)[None], $heads)
        near = self.shifted(torch.matmul(q + $distance_bias, r.transpose(2, 3)))
        segment = torch.matmul(q + $segment_bias, $segment_embedding.permute([1, 2, 0]))
        same = segment[..., :1]
        bias = (near + same + c[1] * (segment[..., 1:] - same)) * $scale
        if mask is not None:
          bias = bias + mask
        a = self.attention(q + $word_bias, k, v, bias, $scale)
        x1 = self.norm(self.linear(a, $attention).add_(x), $attention_norm, $eps)
        f = self.linear(self.linear_act(x1, $up), $down)
        return self.norm(f.add_(x1), $output_norm, $eps)
      """;

  @Override
  public List<String> modelTypes() {
    return List.of("xlnet");
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    int h = config.size("d_model", Sizes.MOST_HIDDEN);
    int heads = config.size("n_head", Sizes.MOST_HEADS);
    Sizes.requireDivisible(config, "d_model", h, "n_head", heads);
    int head = config.whole("d_head", h / heads, 1, Sizes.MOST_HIDDEN);
    int f = config.size("d_inner", Sizes.MOST_INTERMEDIATE);
    int vocabulary = config.size("vocab_size", Sizes.MOST);
    config.requireText("attn_type", "bi");
    config.requireFlag("bi_data", false);
    if (config.number("clamp_len", -1, -1e9, 1e9) > 0) {
      throw config.refused("clamp_len", "is above 0; only unlimited distances are supported");
    }
    Tensors fixed =
        new Tensors()
            .matrix("words", vocabulary, h, "word_embedding.weight")
            .computed("frequencies", new Shape(h / 2), Rope.frequencies(10_000, h));
    return Architecture.builder("xlnet")
        .sizes(h, vocabulary, MAX_POSITIONS)
        .anchors("word_embedding.weight")
        .number("heads", heads)
        .number("scale", 1 / Math.sqrt(head))
        .number("eps", config.number("layer_norm_eps", 1e-12, 0, 1))
        .number("classifier", Math.min(CLASSIFIER, vocabulary - 1))
        .fixed(fixed)
        .layers(
            config.size("n_layer", Sizes.MOST_BLOCKS),
            new Block("block", tensors(h, heads, head, f), BLOCK),
            "layer.%d.")
        .text(TEXT, Activations.methods(config, "ff_activation", "gelu"))
        .build();
  }

  private static Tensors tensors(int hidden, int heads, int head, int intermediate) {
    int out = heads * head;
    Shape stored = new Shape(hidden, heads, head);
    Shape bias = new Shape(heads, head);
    Shape perHead = new Shape(heads, 1, head);
    return new Tensors()
        .columns("query", out, hidden, "rel_attn.q", stored)
        .columns("key", out, hidden, "rel_attn.k", stored)
        .columns("value", out, hidden, "rel_attn.v", stored)
        .columns("distance", out, hidden, "rel_attn.r", stored)
        .rows("attention", hidden, out, "rel_attn.o", stored)
        .reshaped("word_bias", perHead, "rel_attn.r_w_bias", bias)
        .reshaped("distance_bias", perHead, "rel_attn.r_r_bias", bias)
        .reshaped("segment_bias", perHead, "rel_attn.r_s_bias", bias)
        .tensor("segment_embedding", new Shape(2, heads, head), "rel_attn.seg_embed")
        .norm("attention_norm", hidden, "rel_attn.layer_norm")
        .linear("up", intermediate, hidden, "ff.layer_1")
        .linear("down", hidden, intermediate, "ff.layer_2")
        .norm("output_norm", hidden, "ff.layer_norm");
  }
}
