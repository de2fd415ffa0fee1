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
 * FlauBERT (Le et al., LREC 2020), of XLM's architecture without its languages: learned absolute
 * positions, post-norm or, in the large model, pre-norm. Layer 0 is the sum of word and position
 * embedding after its LayerNorm; no final norm, with pre-norm neither.
 */
public final class Flaubert implements Family {
  private static final String EMBEDDINGS =
      """
      def embed(self, ids: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> Tensor:
        return self.norm(torch.embedding($words, ids) + $positions[:ids.size(1)], $embeddings_norm, $eps)
      """;

  private static final String PRE_NORM =
      """
      def block(self, x: Tensor, mask: Optional[Tensor], c: List[Tensor], w: List[Tensor], o: int) -> Tensor:
        q, k, v, = self.linear(self.norm(x, $attention_norm, $eps), $qkv).chunk(3, -1)
        a = self.attention(self.heads(q, $heads), self.heads(k, $heads), self.heads(v, $heads), mask, None)
        x1 = self.linear(a, $attention).add_(x)
        f = self.linear_act(self.norm(x1, $output_norm, $eps), $up)
        return self.linear(f, $down).add_(x1)
      """;

  @Override
  public List<String> modelTypes() {
    return List.of("flaubert");
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    int h = config.size("emb_dim", Sizes.MOST_HIDDEN);
    int heads = config.size("n_heads", Sizes.MOST_HEADS);
    Sizes.requireDivisible(config, "emb_dim", h, "n_heads", heads);
    config.requireFlag("causal", false);
    config.requireFlag("is_encoder", true);
    int vocabulary = config.size(config.has("n_words") ? "n_words" : "vocab_size", Sizes.MOST);
    int positions = config.whole("max_position_embeddings", 512, 1, Sizes.MOST);
    Tensors fixed =
        new Tensors()
            .matrix("words", vocabulary, h, "embeddings.weight")
            .matrix("positions", positions, h, "position_embeddings.weight")
            .norm("embeddings_norm", h, "layer_norm_emb");
    String block = config.flag("pre_norm", false) ? PRE_NORM : Bert.BLOCK;
    String activation = config.flag("gelu_activation", true) ? "gelu" : "relu";
    Architecture.Builder builder =
        Architecture.builder("flaubert")
            .sizes(h, vocabulary, positions)
            .anchors("embeddings.weight")
            .number("heads", heads)
            .number("eps", config.number("layer_norm_eps", 1e-12, 0, 1))
            .fixed(fixed)
            .text(EMBEDDINGS, Activations.methods(activation));
    int blocks = config.size("n_layers", Sizes.MOST_BLOCKS);
    for (int i = 0; i < blocks; i++) {
      builder.layer(new Block("block", tensors(h, i), block), "");
    }
    return builder.build();
  }

  /** The number of a block stands inside the names of its weights. */
  private static Tensors tensors(int hidden, int number) {
    String attention = "attentions." + number + ".";
    String feed = "ffns." + number + ".";
    return new Tensors()
        .linear(
            "qkv",
            hidden,
            true,
            new Rows(attention + "q_lin", hidden),
            new Rows(attention + "k_lin", hidden),
            new Rows(attention + "v_lin", hidden))
        .linear("attention", hidden, hidden, attention + "out_lin")
        .norm("attention_norm", hidden, "layer_norm1." + number)
        .linear("up", 4 * hidden, hidden, feed + "lin1")
        .linear("down", hidden, 4 * hidden, feed + "lin2")
        .norm("output_norm", hidden, "layer_norm2." + number);
  }
}
