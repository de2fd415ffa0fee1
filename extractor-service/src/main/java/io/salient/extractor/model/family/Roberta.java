package io.salient.extractor.model.family;

import io.salient.extractor.checkpoint.ModelConfig;
import io.salient.extractor.model.architecture.Activations;
import io.salient.extractor.model.architecture.Architecture;
import io.salient.extractor.model.architecture.Family;
import java.util.List;

/**
 * RoBERTa (Liu et al., 2019), XLM-RoBERTa (Conneau et al., ACL 2020) and CamemBERT (Martin et al.,
 * ACL 2020): BERT whose positions are counted from the one behind the padding's id, so that as many
 * rows of the position embedding are never used. Layer 0 is the sum of the embeddings after its
 * LayerNorm; no final norm.
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
    int first = config.whole("pad_token_id", 1, 0, Sizes.MOST) + 1;
    if (first >= positions) {
      throw config.refused(
          "pad_token_id",
          "is " + (first - 1) + ", which leaves none of max_position_embeddings = " + positions);
    }
    return BertEmbeddings.builder(config, sizes.hidden(), sizes.vocabulary(), first)
        .layers(sizes.blocks(), Bert.block(sizes), "encoder.layer.%d.")
        .text(Activations.methods(config, "hidden_act", "gelu"))
        .build();
  }
}
