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
 * DistilBERT (Sanh et al., 2019): BERT without token types. Layer 0 is the sum of the embeddings
 * after its LayerNorm; no final norm. (Sinusoidal positions, where asked for, are in the weights.)
 */
public final class DistilBert implements Family {
  private static final double EPSILON = 1e-12; // not in config.json

  private static final String EMBEDDINGS =
      """
      def embed(self, ids: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> Tensor:
        return self.norm(torch.embedding($words, ids) + $positions[:ids.size(1)], $embeddings_norm, $eps)
      """;

  @Override
  public List<String> modelTypes() {
    return List.of("distilbert");
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    int h = config.size("dim", Sizes.MOST_HIDDEN);
    int heads = config.size("n_heads", Sizes.MOST_HEADS);
    Sizes.requireDivisible(config, "dim", h, "n_heads", heads);
    int vocabulary = config.size("vocab_size", Sizes.MOST);
    int positions = config.size("max_position_embeddings", Sizes.MOST);
    Tensors fixed =
        new Tensors()
            .matrix("words", vocabulary, h, "embeddings.word_embeddings.weight")
            .matrix("positions", positions, h, "embeddings.position_embeddings.weight")
            .norm("embeddings_norm", h, "embeddings.LayerNorm");
    Block block = block(h, config.size("hidden_dim", Sizes.MOST_INTERMEDIATE));
    return Architecture.builder("distilbert")
        .sizes(h, vocabulary, positions)
        .anchors("embeddings.word_embeddings.weight")
        .number("heads", heads)
        .number("eps", EPSILON)
        .fixed(fixed)
        .layers(config.size("n_layers", Sizes.MOST_BLOCKS), block, "transformer.layer.%d.")
        .text(EMBEDDINGS, Activations.methods(config, "activation", "gelu"))
        .build();
  }

  private static Block block(int hidden, int intermediate) {
    Tensors tensors =
        new Tensors()
            .linear(
                "qkv",
                hidden,
                true,
                new Rows("attention.q_lin", hidden),
                new Rows("attention.k_lin", hidden),
                new Rows("attention.v_lin", hidden))
            .linear("attention", hidden, hidden, "attention.out_lin")
            .norm("attention_norm", hidden, "sa_layer_norm")
            .linear("up", intermediate, hidden, "ffn.lin1")
            .linear("down", hidden, intermediate, "ffn.lin2")
            .norm("output_norm", hidden, "output_layer_norm");
    return new Block("block", tensors, Bert.BLOCK);
  }
}
