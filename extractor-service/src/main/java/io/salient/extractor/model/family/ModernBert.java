package io.salient.extractor.model.family;

import ai.djl.ndarray.types.Shape;
import io.salient.extractor.checkpoint.ModelConfig;
import io.salient.extractor.model.architecture.Activations;
import io.salient.extractor.model.architecture.Architecture;
import io.salient.extractor.model.architecture.Block;
import io.salient.extractor.model.architecture.Family;
import io.salient.extractor.model.architecture.Template;
import io.salient.extractor.model.architecture.Tensors;
import io.salient.extractor.model.architecture.Tensors.Rows;
import java.util.ArrayList;
import java.util.List;

/**
 * ModernBERT (Warner et al., 2024): rotary positions, pre-norm, gated feed-forward, and blocks that
 * see the whole sentence (full) or half a window to each side (sliding), each kind with its own
 * rotary base. Layer 0 is the word embedding after its LayerNorm, for which the first block has
 * none of its own; the last layer is the last block's output after the final norm.
 */
public final class ModernBert implements Family {
  private static final String FULL = "full_attention";
  private static final String SLIDING = "sliding_attention";

  private static final String TEXT =
      """
      def embed(self, ids: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> Tensor:
        return self.norm(torch.embedding($words, ids), $embeddings_norm, $eps)
      def context(self, x: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> List[Tensor]:
        c = self.rotary(x, $full_frequencies) + self.rotary(x, $sliding_frequencies)
        if x.size(1) > $window + 1:
          c.append(self.window(x, mask, $window, $window))
        return c
      def last(self, x: Tensor, w: List[Tensor]) -> Tensor:
        return self.norm(x, $final_norm, $eps)
      """;

  /** In holes what differs by kind: input of the attention, place of its rotary tables in c. */
  private static final String BLOCK =
      """
      def {{method}}(self, x: Tensor, mask: Optional[Tensor], c: List[Tensor], w: List[Tensor], o: int) -> Tensor:
        qk, v, = torch.split(self.linear({{input}}, $qkv), [2 * x.size(-1), x.size(-1)], -1)
        seen = mask
        if {{tables}} == 2 and len(c) > 4:
          seen = c[4]
        turned = self.rotate(self.heads(qk, 2 * $heads), c[{{tables}}], c[{{tables}} + 1])
        q1, k1, = turned.chunk(2, 1)
        x1 = self.linear(self.attention(q1, k1, self.heads(v, $heads), seen, None), $attention).add_(x)
        up, gate, = self.linear(self.norm(x1, $feed_norm, $eps), $up_gate).chunk(2, -1)
        return self.linear(self.act(up).mul_(gate), $down).add_(x1)
      """;

  @Override
  public List<String> modelTypes() {
    return List.of("modernbert");
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    Sizes sizes = Sizes.of(config);
    int h = sizes.hidden();
    int head = h / sizes.heads();
    if (config.whole("head_dim", head, 1, Sizes.MOST_HIDDEN) != head) {
      throw config.refused("head_dim", "is not hidden_size / num_attention_heads = " + head);
    }
    boolean bias = config.flag("norm_bias", false);
    Tensors fixed =
        new Tensors()
            .matrix("words", sizes.vocabulary(), h, "embeddings.tok_embeddings.weight")
            .norm("embeddings_norm", h, bias, "embeddings.norm")
            .norm("final_norm", h, bias, "final_norm")
            .computed("full_frequencies", new Shape(head / 2), frequencies(config, FULL, head))
            .computed(
                "sliding_frequencies", new Shape(head / 2), frequencies(config, SLIDING, head));
    Architecture.Builder builder =
        Architecture.builder("modernbert")
            .sizes(h, sizes.vocabulary(), config.size("max_position_embeddings", Sizes.MOST))
            .anchors("embeddings.tok_embeddings.weight")
            .number("heads", sizes.heads())
            .number("window", config.whole("local_attention", 128, 1, Sizes.MOST) / 2)
            .number("eps", config.number("norm_eps", 1e-5, 0, 1))
            .fixed(fixed)
            .text(TEXT, Activations.methods(config, "hidden_activation", "gelu"));
    addLayers(builder, config, sizes);
    return builder.build();
  }

  private static void addLayers(Architecture.Builder builder, ModelConfig config, Sizes sizes) {
    List<String> types = types(config, sizes.blocks());
    Block first = block(config, sizes, types.getFirst(), true);
    Block full = block(config, sizes, FULL, false);
    Block sliding = block(config, sizes, SLIDING, false);
    for (int i = 0; i < types.size(); i++) {
      Block other = types.get(i).equals(FULL) ? full : sliding;
      builder.layer(i == 0 ? first : other, "layers." + i + ".");
    }
  }

  private static List<String> types(ModelConfig config, int blocks) {
    List<String> types = new ArrayList<>(config.texts("layer_types"));
    int period = config.whole("global_attn_every_n_layers", 3, 1, Sizes.MOST);
    for (int i = 0; i < blocks && !config.has("layer_types"); i++) {
      types.add(i % period == 0 ? FULL : SLIDING);
    }
    if (types.size() != blocks || !List.of(FULL, SLIDING).containsAll(types)) {
      throw config.refused(
          "layer_types", "are not " + blocks + " times " + FULL + " or " + SLIDING);
    }
    return types;
  }

  private static float[] frequencies(ModelConfig config, String type, int head) {
    ModelConfig both = config.nested("rope_parameters");
    for (String field : List.of("rope_theta", "rope_type")) {
      if (both.has(field)) {
        throw both.refused(
            field, "is there: a ModernBERT has one for " + FULL + " and one for " + SLIDING);
      }
    }
    ModelConfig parameters = both.nested(type);
    parameters.requireText("rope_type", "default");
    config.nested("rope_scaling").requireText("rope_type", "default");
    String old = type.equals(FULL) ? "global_rope_theta" : "local_rope_theta";
    if (!config.isMissing(old) && !config.has(old) && !parameters.has("rope_theta")) {
      throw config.refused(old, "is null, which the versions of Transformers read differently");
    }
    double otherwise = config.number(old, type.equals(FULL) ? 160_000 : 10_000, 1, 1e12);
    return Rope.frequencies(parameters.number("rope_theta", otherwise, 1, 1e12), head);
  }

  private static Block block(ModelConfig config, Sizes sizes, String type, boolean first) {
    int h = sizes.hidden();
    int f = sizes.intermediate();
    boolean attentionBias = config.flag("attention_bias", false);
    boolean feedBias = config.flag("mlp_bias", false);
    boolean normBias = config.flag("norm_bias", false);
    Tensors tensors =
        new Tensors()
            .linear("qkv", h, attentionBias, new Rows("attn.Wqkv", 3 * h))
            .linear("attention", h, attentionBias, new Rows("attn.Wo", h))
            .norm("feed_norm", h, normBias, "mlp_norm")
            .linear("up_gate", h, feedBias, new Rows("mlp.Wi", 2 * f))
            .linear("down", f, feedBias, new Rows("mlp.Wo", h));
    if (!first) {
      tensors.norm("attention_norm", h, normBias, "attn_norm");
    }
    String method = first ? "first" : type;
    String input = first ? "x" : "self.norm(x, $attention_norm, $eps)";
    String text =
        Template.of(BLOCK)
            .fill("method", method)
            .fill("input", input)
            .fill("tables", type.equals(FULL) ? 0 : 2)
            .filled();
    return new Block(method, tensors, text);
  }
}
