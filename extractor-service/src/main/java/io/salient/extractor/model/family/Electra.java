package io.salient.extractor.model.family;

import io.salient.extractor.checkpoint.ModelConfig;
import io.salient.extractor.model.architecture.Activations;
import io.salient.extractor.model.architecture.Architecture;
import io.salient.extractor.model.architecture.Family;
import java.util.List;

/**
 * ELECTRA (Clark et al., ICLR 2020), generator or discriminator: BERT with embeddings that may be
 * narrower than the blocks. Layer 0 is the sum of the embeddings after its LayerNorm and, where
 * widths differ, the projection; no final norm.
 */
public final class Electra implements Family {
  @Override
  public List<String> modelTypes() {
    return List.of("electra");
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    Sizes sizes = Sizes.of(config);
    int width = config.whole("embedding_size", 128, 1, Sizes.MOST_HIDDEN);
    Architecture.Builder builder =
        width == sizes.hidden()
            ? BertEmbeddings.builder(config, width, sizes.vocabulary())
            : BertEmbeddings.projected(
                config, sizes.hidden(), sizes.vocabulary(), width, "embeddings_project");
    return builder
        .layers(sizes.blocks(), Bert.block(sizes), "encoder.layer.%d.")
        .text(Activations.methods(config, "hidden_act", "gelu"))
        .build();
  }
}
