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
 * Llama (Touvron et al., 2023): causal, rotary positions, pre-norm by root mean square, gated
 * feed-forward, key and value heads shared by groups of queries. Layer 0 is the word embedding; the
 * last layer is the last block's output after the final norm.
 */
public final class Llama implements Family {
  private static final String TEXT =
      """
      def embed(self, ids: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> Tensor:
        return torch.embedding($words, ids)
      def context(self, x: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> List[Tensor]:
        return self.rotary(x, $frequencies)
      def last(self, x: Tensor, w: List[Tensor]) -> Tensor:
        return self.rms_norm(x, $final_norm, $eps)
      """;

  private static final String BLOCK =
      """
      def block(self, x: Tensor, mask: Optional[Tensor], c: List[Tensor], w: List[Tensor], o: int) -> Tensor:
        qkv = self.linear(self.rms_norm(x, $input_norm, $eps), $qkv)
        q, k, v, = torch.split(qkv, [$queries, $keys, $keys], -1)
        q1 = self.rotate(self.heads(q, $heads), c[0], c[1])
        k1 = self.repeated(self.rotate(self.heads(k, $key_heads), c[0], c[1]), $groups)
        v1 = self.repeated(self.heads(v, $key_heads), $groups)
        x1 = self.linear(self.causal_attention(q1, k1, v1, None), $attention).add_(x)
        gate, up, = self.linear(self.rms_norm(x1, $feed_norm, $eps), $gate_up).chunk(2, -1)
        return self.linear(self.act(gate) * up, $down).add_(x1)
      """;

  @Override
  public List<String> modelTypes() {
    return List.of("llama");
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    Sizes sizes = Sizes.of(config);
    int h = sizes.hidden();
    int keyHeads = config.whole("num_key_value_heads", sizes.heads(), 1, Sizes.MOST_HEADS);
    Sizes.requireDivisible(
        config, "num_attention_heads", sizes.heads(), "num_key_value_heads", keyHeads);
    int head = config.whole("head_dim", h / sizes.heads(), 2, Sizes.MOST_HIDDEN);
    int queries = sizes.heads() * head;
    int keys = keyHeads * head;
    Tensors fixed =
        new Tensors()
            .matrix("words", sizes.vocabulary(), h, "embed_tokens.weight")
            .vector("final_norm", h, "norm.weight")
            .computed("frequencies", new Shape(head / 2), Rope.frequencies(config, head, 10_000));
    boolean bias = config.flag("attention_bias", false);
    boolean feedBias = config.flag("mlp_bias", false);
    Tensors block =
        new Tensors()
            .vector("input_norm", h, "input_layernorm.weight")
            .linear(
                "qkv",
                h,
                bias,
                new Rows("self_attn.q_proj", queries),
                new Rows("self_attn.k_proj", keys),
                new Rows("self_attn.v_proj", keys))
            .linear("attention", queries, bias, new Rows("self_attn.o_proj", h))
            .vector("feed_norm", h, "post_attention_layernorm.weight")
            .linear(
                "gate_up",
                h,
                feedBias,
                new Rows("mlp.gate_proj", sizes.intermediate()),
                new Rows("mlp.up_proj", sizes.intermediate()))
            .linear("down", sizes.intermediate(), feedBias, new Rows("mlp.down_proj", h));
    return Architecture.builder("llama")
        .sizes(h, sizes.vocabulary(), config.whole("max_position_embeddings", 2048, 1, Sizes.MOST))
        .anchors("embed_tokens.weight")
        .number("heads", sizes.heads())
        .number("key_heads", keyHeads)
        .number("groups", sizes.heads() / keyHeads)
        .number("queries", queries)
        .number("keys", keys)
        .number("eps", config.number("rms_norm_eps", 1e-6, 0, 1))
        .fixed(fixed)
        .layers(sizes.blocks(), new Block("block", block, BLOCK), "layers.%d.")
        .text(TEXT, Activations.methods(config, "hidden_act", "silu"))
        .build();
  }
}
