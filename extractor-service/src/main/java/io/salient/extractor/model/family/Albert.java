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
 * ALBERT (Lan et al., ICLR 2020): BERT with narrow embeddings and blocks that share their weights,
 * all of a group; a group may be of several blocks, each of which is a layer. Layer 0 is the sum of
 * the embeddings after its LayerNorm and the projection; no final norm.
 */
public final class Albert implements Family {
  @Override
  public List<String> modelTypes() {
    return List.of("albert");
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    Sizes sizes = Sizes.of(config);
    int inner = config.whole("inner_group_num", 1, 1, Sizes.MOST_BLOCKS);
    int groups = config.whole("num_hidden_groups", 1, 1, sizes.blocks());
    Architecture.Builder builder =
        BertEmbeddings.projected(
            config,
            sizes.hidden(),
            sizes.vocabulary(),
            config.whole("embedding_size", 128, 1, Sizes.MOST_HIDDEN),
            "encoder.embedding_hidden_mapping_in");
    Block block = block(sizes);
    for (int i = 0; i < sizes.blocks(); i++) {
      int group = (int) (i / ((double) sizes.blocks() / groups)); // as Transformers rounds
      for (int j = 0; j < inner; j++) {
        builder.layer(block, "encoder.albert_layer_groups." + group + ".albert_layers." + j + ".");
      }
    }
    return builder.text(Activations.methods(config, "hidden_act", "gelu_new")).build();
  }

  private static Block block(Sizes sizes) {
    int h = sizes.hidden();
    Tensors tensors =
        new Tensors()
            .linear(
                "qkv",
                h,
                true,
                new Rows("attention.query", h),
                new Rows("attention.key", h),
                new Rows("attention.value", h))
            .linear("attention", h, h, "attention.dense")
            .norm("attention_norm", h, "attention.LayerNorm")
            .linear("up", sizes.intermediate(), h, "ffn")
            .linear("down", h, sizes.intermediate(), "ffn_output")
            .norm("output_norm", h, "full_layer_layer_norm");
    return new Block("block", tensors, Bert.BLOCK);
  }
}
