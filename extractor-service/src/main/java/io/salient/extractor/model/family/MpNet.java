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
 * MPNet (Song et al., NeurIPS 2020): BERT's blocks without token types, with {@link
 * CountedPositions} and, on top of them, {@link DistanceBuckets} that all blocks share. Layer 0 is
 * the sum of word and position embedding after its LayerNorm; no final norm.
 *
 * <p>Three numbers are the library's, whatever config.json says: positions are counted as if {@code
 * pad_token_id} were 1, and of the table of distances 32 rows are used, up to a distance of 128.
 */
public final class MpNet implements Family {
  private static final int PADDING = 1;
  private static final int BUCKETS = 32;
  private static final int REACH = 128;

  private static final String EMBEDDINGS =
      """
      def embed(self, ids: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> Tensor:
        return self.norm(torch.embedding($words, ids) + self.positions(ids, w), $embeddings_norm, $eps)
      """;
  private static final String BLOCK =
      """
      def block(self, x: Tensor, mask: Optional[Tensor], c: List[Tensor], w: List[Tensor], o: int) -> Tensor:
        q, k, v, = self.linear(x, $qkv).chunk(3, -1)
        a = self.attention(self.heads(q, $heads), self.heads(k, $heads), self.heads(v, $heads), c[0], None)
        x1 = self.norm(self.linear(a, $attention).add_(x), $attention_norm, $eps)
        f = self.linear(self.linear_act(x1, $up), $down)
        return self.norm(f.add_(x1), $output_norm, $eps)
      """;

  @Override
  public List<String> modelTypes() {
    return List.of("mpnet");
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    Sizes sizes = Sizes.of(config);
    int rows = config.whole("max_position_embeddings", 512, PADDING + 2, Sizes.MOST);
    Architecture.Builder builder = Architecture.builder("mpnet");
    return DistanceBuckets.in(builder, BUCKETS, REACH)
        .sizes(sizes.hidden(), sizes.vocabulary(), rows - PADDING - 1)
        .anchors("embeddings.word_embeddings.weight")
        .number("heads", sizes.heads())
        .number("padding", PADDING)
        .number("eps", config.number("layer_norm_eps", 1e-12, 0, 1))
        .fixed(fixed(config, sizes, rows))
        .layers(sizes.blocks(), new Block("block", block(sizes), BLOCK), "encoder.layer.%d.")
        .text(EMBEDDINGS, CountedPositions.TEXT, Activations.methods(config, "hidden_act", "gelu"))
        .build();
  }

  private static Tensors fixed(ModelConfig config, Sizes sizes, int rows) {
    int h = sizes.hidden();
    int distances =
        config.whole("relative_attention_num_buckets", BUCKETS, BUCKETS, Sizes.MOST_HIDDEN);
    return new Tensors()
        .matrix("words", sizes.vocabulary(), h, "embeddings.word_embeddings.weight")
        .matrix("positions", rows, h, "embeddings.position_embeddings.weight")
        .norm("embeddings_norm", h, "embeddings.LayerNorm")
        .matrix("distances", distances, sizes.heads(), "encoder.relative_attention_bias.weight");
  }

  private static Tensors block(Sizes sizes) {
    int h = sizes.hidden();
    return new Tensors()
        .linear(
            "qkv",
            h,
            true,
            new Rows("attention.attn.q", h),
            new Rows("attention.attn.k", h),
            new Rows("attention.attn.v", h))
        .linear("attention", h, h, "attention.attn.o")
        .norm("attention_norm", h, "attention.LayerNorm")
        .linear("up", sizes.intermediate(), h, "intermediate.dense")
        .linear("down", h, sizes.intermediate(), "output.dense")
        .norm("output_norm", h, "output.LayerNorm");
  }
}
