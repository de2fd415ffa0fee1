package io.salient.extractor.model.family;

import io.salient.extractor.checkpoint.ModelConfig;
import io.salient.extractor.model.architecture.Activations;
import io.salient.extractor.model.architecture.Architecture;
import io.salient.extractor.model.architecture.Family;
import java.util.List;

/**
 * RoBERTa (Liu et al., 2019), XLM-RoBERTa (Conneau et al., ACL 2020) and CamemBERT (Martin et al.,
 * ACL 2020): BERT with {@link CountedPositions}, so that some rows of the position embedding are
 * never used. Layer 0 is the sum of the embeddings after its LayerNorm; no final norm.
 */
public final class Roberta implements Family {
  @Override
  public List<String> modelTypes() {
    return List.of("roberta", "xlm-roberta", "camembert");
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    Sizes sizes = Sizes.of(config);
    int positions = config.size("max_position_embeddings", Sizes.MOST);
    int padding = config.whole("pad_token_id", 1, 0, Sizes.MOST);
    if (padding + 1 >= positions) {
      throw config.refused(
          "pad_token_id",
          "is " + padding + ", which leaves none of max_position_embeddings = " + positions);
    }
    return BertEmbeddings.counted(config, sizes.hidden(), sizes.vocabulary(), padding)
        .layers(sizes.blocks(), Bert.block(sizes), "encoder.layer.%d.")
        .text(Activations.methods(config, "hidden_act", "gelu"))
        .build();
  }
}
