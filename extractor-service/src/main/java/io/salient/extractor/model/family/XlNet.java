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
        positions = torch.cat([angles.sin(), angles.cos()], -1)
        segment = torch.all(x == $words[$classifier], -1)
        if not bool(segment.any()):
          return [positions]
        return [positions, (segment[:, None, :, None] != segment[:, None, None, :]).to(x.dtype)]
      """;

  /**
   * The biases of the query are one of its linear layer, the word's, and what the others differ
   * from it. A score that all keys of a query share does not change its attention: of the two
   * segments' only the difference counts, and only where a sentence has both.
   */
  private static final String BLOCK =
      """
      def block(self, x: Tensor, mask: Optional[Tensor], c: List[Tensor], w: List[Tensor], o: int) -> Tensor:
        q = self.linear(x, $query.weight, $word_bias.view([-1]))
        k = self.heads(self.linear(x, $key), $heads)
        v = self.heads(self.linear(x, $value), $heads)
        r = self.linear(c[0], $distance) * $scale
        of_distance = torch.matmul(self.heads(r[None], $heads)[0], ($distance_bias - $word_bias).transpose(1, 2))
        bias = self.ascending(self.row_scores(q, r, of_distance.view([-1]), $heads))
        if len(c) == 2:
          other = ($segment_embedding[1] - $segment_embedding[0])[:, :, None] * $scale
          differs = torch.matmul(self.heads(q, $heads) + ($segment_bias - $word_bias), other)
          bias = bias.addcmul_(c[1], differs)
        if mask is not None:
          bias = bias.add_(mask)
        a = self.attention(self.heads(q, $heads), k, v, bias, $scale)
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
