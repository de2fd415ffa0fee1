package io.salient.extractor.model.family;

import ai.djl.ndarray.types.Shape;
import io.salient.extractor.checkpoint.ModelConfig;
import io.salient.extractor.model.architecture.Activations;
import io.salient.extractor.model.architecture.Architecture;
import io.salient.extractor.model.architecture.Block;
import io.salient.extractor.model.architecture.Template;
import io.salient.extractor.model.architecture.Tensors;
import io.salient.extractor.model.architecture.Tensors.Rows;
import java.util.function.IntPredicate;

/**
 * The decoder that Llama, Mistral, Qwen and Gemma are variants of: causal, rotary positions,
 * pre-norm by root mean square, gated feed-forward, key and value heads shared by groups of queries
 * (Ainslie et al., 2023). Layer 0 is the word embedding; the last layer is the last block's output
 * after the final norm.
 *
 * <p>What differs between the families is set before {@link #build}; as it is, it is Llama's.
 */
final class GatedDecoder {
  private static final String EMBED =
      """
      def embed(self, ids: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> Tensor:
        return torch.embedding($words, ids)
      """;
  private static final String SCALED_EMBED =
      """
      def embed(self, ids: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> Tensor:
        return torch.embedding($words, ids) * $embedding_scale
      """;
  private static final String LAST =
      """
      def last(self, x: Tensor, w: List[Tensor]) -> Tensor:
        return self.rms_norm(x, $final_norm{{around}}, $eps)
      """;

  private static final String BLOCK =
      """
      def {{method}}(self, x: Tensor, mask: Optional[Tensor], c: List[Tensor], w: List[Tensor], o: int) -> Tensor:
        qkv = self.linear(self.rms_norm(x, $input_norm{{around}}, $eps), $qkv)
        q, k, v, = torch.split(qkv, [$queries, $keys, $keys], -1)
        q1 = self.rotate({{query_heads}}, c[0], c[1])
        k1 = self.repeated(self.rotate({{key_heads}}, c[0], c[1]), $groups)
        v1 = self.repeated(self.heads(v, $key_heads), $groups)
        a = {{attention}}
        x1 = self.linear(a, $attention).add_(x)
        y = self.rms_norm(x1, $feed_norm{{around}}, $eps)
        return self.linear(self.linear_act(y, $gate).mul_(self.linear(y, $up)), $down).add_(x1)
      """;

  private static final String WINDOWED_ATTENTION =
      """
      def windowed_attention(self, q: Tensor, k: Tensor, v: Tensor, x: Tensor) -> Tensor:
        if x.size(1) <= $window:
          return self.causal_attention(q, k, v, None)
        return self.attention(q, k, v, self.window(x, None, $window - 1, 0), None)
      """;

  private final ModelConfig config;
  private final String modelType;
  private final int hidden;
  private final int heads;
  private final int keyHeads;
  private int head;
  private boolean queryBias;
  private boolean outputBias;
  private boolean feedBias;
  private boolean headNorms;
  private boolean normsAroundOne;
  private double embeddingScale = 1;
  private String activation;
  private int window;
  private IntPredicate windowed = block -> false;

  /**
   * Starts one with the sizes that config.json gives.
   *
   * @param modelType its name there
   */
  GatedDecoder(ModelConfig config, String modelType) {
    this.config = config;
    this.modelType = modelType;
    hidden = config.size("hidden_size", Sizes.MOST_HIDDEN);
    heads = config.size("num_attention_heads", Sizes.MOST_HEADS);
    keyHeads = config.whole("num_key_value_heads", heads, 1, Sizes.MOST_HEADS);
    Sizes.requireDivisible(config, "num_attention_heads", heads, "num_key_value_heads", keyHeads);
    activation = Activations.methods(config, "hidden_act", "silu");
    config.requireFlag("use_bidirectional_attention", false);
    if (config.number("partial_rotary_factor", 1, 0, 1) != 1) {
      throw config.refused("partial_rotary_factor", "is not 1; only whole heads are rotated");
    }
  }

  /** Units of a head where config.json does not say; otherwise the heads share the hidden size. */
  GatedDecoder headSize(int otherwise) {
    head = config.whole("head_dim", otherwise, 2, Sizes.MOST_HIDDEN);
    return this;
  }

  /** Which linear layers have biases: query, key and value; output of the attention; the others. */
  GatedDecoder biases(boolean query, boolean output, boolean feed) {
    queryBias = query;
    outputBias = output;
    feedBias = feed;
    return this;
  }

  /** A norm for the query and one for the key, of each head by itself. */
  GatedDecoder headNorms() {
    headNorms = true;
    return this;
  }

  /** Weights of norms are stored as their distance from 1. */
  GatedDecoder normsAroundOne() {
    normsAroundOne = true;
    return this;
  }

  /** What word embeddings are multiplied with. */
  GatedDecoder embeddingScale(double scale) {
    embeddingScale = scale;
    return this;
  }

  /** The activation of the gate where it is not the one that {@code hidden_act} names. */
  GatedDecoder activation(String name) {
    activation = Activations.methods(name);
    return this;
  }

  /** Blocks in which a subword sees itself and those before it, {@code size} in all. */
  GatedDecoder window(int size, IntPredicate blocks) {
    window = size;
    windowed = blocks;
    return this;
  }

  Architecture build(double rotaryBase, int positions) {
    if (head == 0) {
      Sizes.requireDivisible(config, "hidden_size", hidden, "num_attention_heads", heads);
      headSize(hidden / heads);
    }
    if (head % 2 != 0) {
      throw config.refused("head_dim", "is " + head + ", which cannot be rotated in pairs");
    }
    Rope rope = Rope.of(config, head, rotaryBase);
    int vocabulary = config.size("vocab_size", Sizes.MOST);
    Architecture.Builder builder =
        Architecture.builder(modelType)
            .sizes(
                hidden,
                vocabulary,
                config.whole("max_position_embeddings", positions, 1, Sizes.MOST))
            .anchors("embed_tokens.weight")
            .number("heads", heads)
            .number("key_heads", keyHeads)
            .number("groups", heads / keyHeads)
            .number("queries", heads * head)
            .number("keys", keyHeads * head)
            .number("eps", config.number("rms_norm_eps", 1e-6, 0, 1))
            .number("rotary_scale", rope.scale())
            .number("embedding_scale", embeddingScale)
            .number("window", window)
            .fixed(fixed(vocabulary, rope))
            .text(
                embeddingScale == 1 ? EMBED : SCALED_EMBED,
                Template.of(LAST).fill("around", around()).filled(),
                Rope.CONTEXT,
                WINDOWED_ATTENTION,
                activation);
    Tensors tensors = blockTensors();
    Block full = block("block", tensors, "self.causal_attention(q1, k1, v1, None)");
    Block narrow = block("windowed_block", tensors, "self.windowed_attention(q1, k1, v1, x)");
    for (int i = 0; i < config.size("num_hidden_layers", Sizes.MOST_BLOCKS); i++) {
      builder.layer(windowed.test(i) ? narrow : full, "layers." + i + ".");
    }
    return builder.build();
  }

  private Block block(String method, Tensors tensors, String attention) {
    return new Block(
        method,
        tensors,
        Template.of(BLOCK)
            .fill("method", method)
            .fill("attention", attention)
            .fill("query_heads", heads("q, $heads", "$query_norm"))
            .fill("key_heads", heads("k, $key_heads", "$key_norm"))
            .fill("around", around())
            .filled());
  }

  /** What turns a stored weight of a norm into the one that is meant. */
  private String around() {
    return normsAroundOne ? " + 1" : "";
  }

  private String heads(String arguments, String norm) {
    String heads = "self.heads(%s)".formatted(arguments);
    return headNorms ? "self.rms_norm(%s, %s%s, $eps)".formatted(heads, norm, around()) : heads;
  }

  private Tensors fixed(int vocabulary, Rope rope) {
    return new Tensors()
        .matrix("words", vocabulary, hidden, "embed_tokens.weight")
        .vector("final_norm", hidden, "norm.weight")
        .computed("frequencies", new Shape(head / 2), rope.frequencies());
  }

  private Tensors blockTensors() {
    int queries = heads * head;
    int keys = keyHeads * head;
    int intermediate = config.size("intermediate_size", Sizes.MOST_INTERMEDIATE);
    Tensors tensors =
        new Tensors()
            .vector("input_norm", hidden, "input_layernorm.weight")
            .linear(
                "qkv",
                hidden,
                queryBias,
                new Rows("self_attn.q_proj", queries),
                new Rows("self_attn.k_proj", keys),
                new Rows("self_attn.v_proj", keys))
            .linear("attention", queries, outputBias, new Rows("self_attn.o_proj", hidden))
            .vector("feed_norm", hidden, "post_attention_layernorm.weight")
            .linear("gate", hidden, feedBias, new Rows("mlp.gate_proj", intermediate))
            .linear("up", hidden, feedBias, new Rows("mlp.up_proj", intermediate))
            .linear("down", intermediate, feedBias, new Rows("mlp.down_proj", hidden));
    return headNorms
        ? tensors
            .vector("query_norm", head, "self_attn.q_norm.weight")
            .vector("key_norm", head, "self_attn.k_norm.weight")
        : tensors;
  }
}
