package io.salient.extractor.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.torch.TorchEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Fields of config.json that change an encoder's mathematics: older spellings, and what is refused.
 */
class EncoderConfigTest {
  @TempDir Path temp;

  @ParameterizedTest(name = "{0} {1}") // ! stands for |
  @CsvSource(
      delimiter = '|',
      value = {
        "deberta-v2|pos_att_type|{\"pos_att_type\": \"C2P!p2c\"}",
        "deberta-v2|max_relative_positions|{}",
        "modernbert|layer_types|{}",
        "modernbert|rope_parameters|{\"global_rope_theta\": 160000.0, \"local_rope_theta\":"
            + " 10000.0}",
        "modernbert|rope_parameters|{}",
        "flaubert|vocab_size|{\"n_words\": 180}",
        "flaubert|pre_norm|{}",
        "roberta|pad_token_id|{}",
        "mpnet|relative_attention_num_buckets|{\"pad_token_id\": 7}",
        "xlnet|d_head|{}",
        "xlnet|clamp_len|{\"untie_r\": true}",
        "albert|inner_group_num|{}"
      })
  void shouldReadOlderSpellings(String name, String removed, String added) throws IOException {
    new ChangedConfig(name, List.of(removed), added.replace('!', '|')).assertReadIn(temp);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "bert|{\"quantization_config\": {\"bits\": 4}}|config.quantization-config|quantised",
        "bert|{\"position_embedding_type\": \"relative_key_query\"}|config.position-embedding-type"
            + "|relative_key_query",
        "roberta|{\"add_cross_attention\": true}|config.is-decoder|only encoders",
        "roberta|{\"pad_token_id\": 65}|config.pad-token-id|max_position_embeddings = 66",
        "xlm-roberta|{\"hidden_act\": \"mish\"}|config.hidden-act|mish",
        "mpnet|{\"relative_attention_num_buckets\": 31}|config.relative-attention-num-buckets"
            + "|between 32 and",
        "mpnet|{\"relative_attention_num_buckets\": 33}|weights.shape|relative_attention_bias",
        "mpnet|{\"max_position_embeddings\": 2}|config.max-position-embeddings|between 3 and",
        "distilbert|{\"n_heads\": 3}|config.dim|n_heads = 3",
        "electra|{\"embedding_size\": 16}|weights.shape|embeddings.word_embeddings.weight",
        "albert|{\"num_hidden_groups\": 4}|config.num-hidden-groups|between 1 and 3",
        "albert|{\"inner_group_num\": 2}|weights.tensor|albert_layers.1.",
        "flaubert|{\"causal\": true}|config.causal|only false",
        "flaubert|{\"is_encoder\": false}|config.is-encoder|only true",
        "xlnet|{\"attn_type\": \"uni\"}|config.attn-type|only bi",
        "xlnet|{\"bi_data\": true}|config.bi-data|only false",
        "xlnet|{\"clamp_len\": 8}|config.clamp-len|unlimited",
        "xlnet|{\"d_head\": 4}|weights.shape|rel_attn.q",
        "deberta-v2|{\"relative_attention\": false}|config.relative-attention|only true",
        "deberta-v2|{\"pos_att_type\": [\"p2p\"]}|config.pos-att-type|p2p",
        "deberta-v2|{\"attention_head_size\": 4}|config.attention-head-size|= 8",
        "deberta-v2|{\"norm_rel_ebd\": \"batch_norm\"}|config.norm-rel-ebd|batch_norm",
        "deberta-v2|{\"position_buckets\": 2}|config.position-buckets|64",
        "deberta-v2|{\"share_att_key\": false}|weights.tensor|pos_key_proj",
        "deberta-v2-conv|{\"conv_kernel_size\": 2}|config.conv-kernel-size|odd",
        "deberta-v2-conv|{\"conv_act\": \"mish\"}|config.conv-act|mish",
        "modernbert|{\"layer_types\": [\"full_attention\"]}|config.layer-types|3 times",
        "modernbert|{\"hidden_activation\": \"mish\"}|config.hidden-activation|mish",
        "modernbert|{\"head_dim\": 4}|config.head-dim|= 8",
        "modernbert|{\"rope_parameters\": {\"sliding_attention\": {\"rope_type\": \"yarn\"}}}"
            + "|config.rope-type|rope_parameters.sliding_attention.rope_type",
        "modernbert|{\"rope_parameters\": {\"rope_theta\": 5000.0, \"rope_type\": \"default\"}}"
            + "|config.rope-theta|one for full_attention and one for sliding_attention",
        "modernbert|{\"rope_parameters\": null, \"local_rope_theta\": null}"
            + "|config.local-rope-theta|is null",
        "modernbert|{\"norm_bias\": true}|weights.tensor|embeddings.norm.bias"
      })
  void shouldRefuseWhatItCannotDoByName(String name, String added, String code, String says)
      throws IOException {
    new ChangedConfig(name, List.of(), added).assertRefusedIn(temp, code, says);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "bert,64", // as many as rows
    "roberta,64", // two of 66 rows are never used
    "camembert,64",
    "mpnet,64", // the same
    "mpnet-long,158",
    "flaubert,64",
    "deberta-v2,64",
    "modernbert,64",
    "xlnet,1024"
  })
  void shouldRunASentenceOfTheLengthThatItSays(String name, int positions) {
    try (FamilyFixture fixture = FamilyFixture.open(name);
        CheckpointFolder checkpoint = CheckpointFolder.open(fixture.folder());
        Encoder encoder = Encoders.load(checkpoint);
        NDManager manager = TorchEngine.newManager()) {
      long[] longest = new long[positions];
      WordBatch batch = new WordBatch(new long[][] {longest}, new WordBatch.Word[0]);
      // when
      NDArray last = encoder.hiddenStates(manager, batch).getLast();
      // then
      assertThat(encoder.maxPositions()).isEqualTo(positions);
      assertThat(last.getShape().get(1)).isEqualTo(positions);
      assertThat(last.isNaN().any().getBoolean()).isFalse();
    }
  }
}
