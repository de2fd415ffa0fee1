package io.salient.extractor.model.family;

import io.salient.extractor.checkpoint.ModelConfig;
import io.salient.extractor.model.architecture.Activations;
import io.salient.extractor.model.architecture.Architecture;
import io.salient.extractor.model.architecture.Block;
import io.salient.extractor.model.architecture.Family;
import io.salient.extractor.model.architecture.Tensors;
import io.salient.extractor.model.architecture.Tensors.Rows;
import java.util.List;
import java.util.Locale;

/**
 * DeBERTa-v2 and v3 (He et al., ICLR 2021 and 2023): disentangled attention, that is content to
 * position (c2p) and position to content (p2c) scores over relative positions, far ones in
 * logarithmic buckets; post-norm; in some models a convolution beside the first block. Layer 0 is
 * the sum of the embeddings after its LayerNorm; no final norm.
 *
 * <p>Positions are relative and have no end; the limit is {@code max_position_embeddings}.
 */
public final class DebertaV2 implements Family {
  private static final String CONTENT_TO_POSITION = "c2p";
  private static final String POSITION_TO_CONTENT = "p2c";

  @Override
  public List<String> modelTypes() {
    return List.of("deberta-v2");
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    Sizes sizes = Sizes.of(config);
    requireSupported(config, sizes);
    int positions = config.size("max_position_embeddings", Sizes.MOST);
    boolean convolution = config.whole("conv_kernel_size", 0, 0, Sizes.MOST) > 0;
    DebertaDistances distances = DebertaDistances.of(config, positions);
    Tensors fixed = new Tensors();
    String embed = DebertaEmbeddings.add(fixed, config, sizes, positions);
    fixed.matrix(
        "distances", 2 * distances.span(), sizes.hidden(), "encoder.rel_embeddings.weight");
    boolean normed = distances.addNorm(fixed, config, sizes.hidden());
    Architecture.Builder builder =
        Architecture.builder("deberta-v2")
            .sizes(sizes.hidden(), sizes.vocabulary(), positions)
            .anchors("embeddings.word_embeddings.weight")
            .number("heads", sizes.heads())
            .number("eps", config.number("layer_norm_eps", 1e-7, 0, 1))
            .fixed(fixed)
            .text(embed, distances.context(normed), DebertaAttention.METHODS)
            .text(Activations.methods(config, "hidden_act", "gelu"));
    addLayers(builder, config, sizes, convolution);
    if (convolution) {
      DebertaConvolution.add(builder, fixed, config, sizes.hidden());
    }
    return builder.build();
  }

  private static void requireSupported(ModelConfig config, Sizes sizes) {
    if (!config.flag("relative_attention", false)) {
      throw config.refused("relative_attention", "is not true; only true is supported");
    }
    int head = sizes.hidden() / sizes.heads();
    if (config.whole("attention_head_size", head, 1, Sizes.MOST_HIDDEN) != head) {
      throw config.refused(
          "attention_head_size", "is not hidden_size / num_attention_heads = " + head);
    }
    for (String type : kinds(config)) {
      if (!List.of(CONTENT_TO_POSITION, POSITION_TO_CONTENT).contains(type)) {
        throw config.refused("pos_att_type", "has " + type + "; supported are c2p and p2c");
      }
    }
  }

  private static List<String> kinds(ModelConfig config) {
    return config.texts("pos_att_type").stream().map(t -> t.toLowerCase(Locale.ROOT)).toList();
  }

  private static void addLayers(
      Architecture.Builder builder, ModelConfig config, Sizes sizes, boolean convolution) {
    boolean shared = config.flag("share_att_key", false);
    List<String> kinds = kinds(config);
    boolean c2p = kinds.contains(CONTENT_TO_POSITION);
    boolean p2c = kinds.contains(POSITION_TO_CONTENT);
    Tensors tensors = tensors(sizes, c2p && !shared, p2c && !shared);
    Block block = new Block("block", tensors, DebertaAttention.block("block", shared, c2p, p2c));
    builder.number(
        "scale",
        1
            / Math.sqrt(
                (double) sizes.hidden() / sizes.heads() * (1 + (c2p ? 1 : 0) + (p2c ? 1 : 0))));
    for (int i = 0; i < sizes.blocks(); i++) {
      boolean beside = convolution && i == 0;
      builder.layer(
          beside
              ? new Block(
                  "first",
                  tensors,
                  DebertaAttention.block("first_block", shared, c2p, p2c)
                      + DebertaConvolution.FIRST)
              : block,
          "encoder.layer." + i + ".");
    }
  }

  private static Tensors tensors(Sizes sizes, boolean ownKey, boolean ownQuery) {
    int h = sizes.hidden();
    String self = "attention.self.";
    Tensors tensors =
        new Tensors()
            .linear("qk", h, true, new Rows(self + "query_proj", h), new Rows(self + "key_proj", h))
            .linear("v", h, h, self + "value_proj")
            .linear("attention", h, h, "attention.output.dense")
            .norm("attention_norm", h, "attention.output.LayerNorm")
            .linear("up", sizes.intermediate(), h, "intermediate.dense")
            .linear("down", h, sizes.intermediate(), "output.dense")
            .norm("output_norm", h, "output.LayerNorm");
    if (ownKey) {
      tensors.linear("distance_key", h, h, self + "pos_key_proj");
    }
    if (ownQuery) {
      tensors.linear("distance_query", h, h, self + "pos_query_proj");
    }
    return tensors;
  }
}
