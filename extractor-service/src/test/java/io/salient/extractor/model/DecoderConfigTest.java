package io.salient.extractor.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.extractor.checkpoint.CheckpointFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Fields of config.json that change a decoder's mathematics: older spellings, and what is refused.
 */
class DecoderConfigTest {
  @TempDir Path temp;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "llama-rope3|rope_parameters|{\"rope_theta\": 500.0, \"rope_scaling\": {\"rope_type\":"
            + " \"llama3\", \"factor\": 4.0, \"low_freq_factor\": 1.0, \"high_freq_factor\": 4.0,"
            + " \"original_max_position_embeddings\": 16}}",
        "llama-linear|rope_parameters|{\"rope_theta\": 10000.0, \"rope_scaling\": {\"type\":"
            + " \"linear\", \"factor\": 4.0}}",
        "llama-yarn|rope_parameters|{\"rope_theta\": 100.0, \"rope_scaling\": {\"type\": \"yarn\","
            + " \"factor\": 4.0, \"original_max_position_embeddings\": 16}}",
        "llama|rope_parameters|{\"rope_scaling\": {\"type\": \"dynamic\", \"factor\": 2.0}}",
        "llama|rope_theta|{\"rope_scaling\": {}}",
        "llama|rope_theta|{\"rope_scaling\": null}",
        "llama|rope_parameters|{\"rope_scaling\": {\"rope_type\": null, \"type\": \"default\"}}",
        "mistral|layer_types|{\"head_dim\": null, \"num_local_experts\": 1}",
        "gpt_neox|rope_parameters|{\"rope_scaling\": {\"type\": \"default\","
            + " \"partial_rotary_factor\": 0.5, \"rope_theta\": 10000}}",
        "gpt_neox|rope_parameters|{\"rotary_pct\": 0.5, \"rotary_emb_base\": 10000}",
        "gemma|hidden_act|{\"hidden_act\": \"gelu\", \"hidden_activation\": null}",
        "qwen2|layer_types|{}",
        "t5|dense_act_fn|{\"n_positions\": 40}",
        "gpt2|dtype|{\"torch_dtype\": \"float32\", \"reorder_and_upcast_attn\": true}",
      })
  void shouldReadOlderSpellings(String name, String removed, String added) throws IOException {
    new ChangedConfig(name, List.of(removed), added).assertReadIn(temp);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "llama|{\"rope_parameters\": {\"rope_type\": \"longrope\"}}|config.rope-type|longrope",
        "llama|{\"rope_scaling\": {\"type\": \"linear\"}}|config.factor|missing",
        "llama|{\"rope_scaling\": {\"type\": \"linear\", \"factor\": 0.5}}|config.factor|between",
        "llama|{\"rope_parameters\": {\"full_attention\": {}}}|config.full-attention|by layer",
        "llama|{\"partial_rotary_factor\": 0.5}|config.partial-rotary-factor|whole heads",
        "llama|{\"num_key_value_heads\": 3}|config.num-attention-heads|num_key_value_heads = 3",
        "llama|{\"head_dim\": 5}|config.head-dim|pairs",
        "llama|{\"hidden_act\": \"mish\"}|config.hidden-act|mish",
        "llama|{\"attention_bias\": true}|weights.tensor|self_attn.q_proj.bias",
        "mistral|{\"layer_types\": [\"full_attention\"]}|config.layer-types|alike",
        "mistral|{\"sliding_window\": 0}|config.sliding-window|between",
        "qwen2|{\"layer_types\": [\"full_attention\"]}|config.layer-types|each block",
        "qwen3|{\"head_dim\": 4}|weights.shape|self_attn.q_proj.weight",
        "gemma|{\"use_bidirectional_attention\": true}|config.use-bidirectional-attention|only"
            + " false",
        "gpt2|{\"add_cross_attention\": true}|config.add-cross-attention|only false",
        "gpt2|{\"n_head\": 3}|config.n-embd|n_head = 3",
        "opt|{\"layer_norm_elementwise_affine\": false}|config.layer-norm-elementwise-affine|only"
            + " true",
        "opt|{\"do_layer_norm_before\": 1}|config.do-layer-norm-before|neither",
        "gpt_neox|{\"rope_parameters\": {\"partial_rotary_factor\": 0.1}}|config.rotary-pct|no"
            + " pairs",
        "t5|{\"feed_forward_proj\": \"gated-mish\"}|config.feed-forward-proj|mish",
        "t5|{\"feed_forward_proj\": \"relu\"}|weights.tensor|DenseReluDense.wi.weight",
        "t5|{\"relative_attention_max_distance\":"
            + " 2}|config.relative-attention-max-distance|between",
      })
  void shouldRefuseWhatItCannotDoByName(String name, String added, String code, String says)
      throws IOException {
    new ChangedConfig(name, List.of(), added).assertRefusedIn(temp, code, says);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"gpt2,64", "opt,64", "llama,64", "gpt_neox,64", "t5,512"})
  void shouldSayHowLongASentenceMayBe(String name, int positions) {
    try (FamilyFixture fixture = FamilyFixture.open(name);
        CheckpointFolder checkpoint = CheckpointFolder.open(fixture.folder());
        Encoder encoder = Encoders.load(checkpoint)) {
      assertThat(encoder.maxPositions()).isEqualTo(positions);
    }
  }
}
