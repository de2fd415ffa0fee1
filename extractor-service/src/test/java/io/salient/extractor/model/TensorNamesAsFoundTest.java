package io.salient.extractor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.salient.extractor.EditedWeights;
import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Names under which programs store the same weights: the hidden states are those of the fixture, or
 * the tensor is named.
 */
class TensorNamesAsFoundTest {
  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_orig_mod.",
        "module.",
        "module._orig_mod.",
        "_orig_mod.module.",
        "base_model.model.",
        "base_model.model.base_model.model.",
        "module.base_model.model._orig_mod.",
        "_fsdp_wrapped_module._orig_mod.",
        "encoder_of_mine.",
        "module.encoder_of_mine._orig_mod.",
      })
  void shouldReadThroughWrappersInFront(String prefix) throws IOException {
    assertReads("bert", weights -> weights.rename(name -> prefix + name));
  }

  @ParameterizedTest
  @CsvSource({
    "bert, .layer.1., .layer.1._orig_mod.",
    "bert, .attention., ._fsdp_wrapped_module._checkpoint_wrapped_module.attention.module.",
    "llama-linear, .layers., ._orig_mod.layers.module.",
    "gpt2, .h.0., ._orig_mod.h.0._checkpoint_wrapped_module.",
  })
  void shouldReadThroughWrappersInside(String fixture, String from, String to) throws IOException {
    assertReads(fixture, weights -> weights.rename(name -> name.replace(from, to)));
  }

  static Stream<String> fixturesWithNorms() {
    return Stream.of("bert", "distilbert", "gpt2", "albert", "electra", "flaubert", "t5");
  }

  @ParameterizedTest
  @MethodSource("fixturesWithNorms")
  void shouldTakeGammaAndBetaForTheWeightsOfNorms(String fixture) throws IOException {
    assertReads(
        fixture,
        weights ->
            weights.rename(
                name ->
                    name.matches(".*([lL]ayer_?[nN]orm|ln_\\w|norm)[.\\d]*\\.(weight|bias)")
                        ? name.replaceFirst("weight$", "gamma").replaceFirst("bias$", "beta")
                        : name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "base_layer.weight|merge_and_unload()",
        "parametrizations.weight.original1|as one plain tensor",
        "weight_v|as one plain tensor",
      })
  void shouldNameWhatIsThereInstead(String part, String says) throws IOException {
    String module = "bert.encoder.layer.1.output.dense.";
    assertRefused(
        "bert",
        "{}",
        weights -> weights.rename(module + "weight", module + part),
        "tensor " + module + "weight is missing",
        "there are " + module + part + ": ",
        says);
  }

  @Test
  void shouldRefuseTheSameModelTwice() throws IOException {
    assertRefused(
        "bert",
        "{}",
        weights ->
            weights.copy(
                "bert.embeddings.word_embeddings.weight",
                "module.bert.embeddings.word_embeddings.weight"),
        "bert.embeddings.word_embeddings.weight and module.bert.embeddings",
        "save only one");
  }

  @Test
  void shouldRefuseTwoTowersByName() throws IOException {
    assertRefused(
        "bert",
        "{}",
        weights -> {
          for (String name : List.copyOf(weights.names())) {
            weights.copy(name, "second." + name);
          }
        },
        "more than one tensor is called",
        "bert.embeddings.word_embeddings.weight, second.bert.embeddings.word_embeddings.weight");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "albert, albert.embeddings.word_embeddings.weight, predictions.decoder.weight",
    "bert, bert.embeddings.word_embeddings.weight, cls.predictions.decoder.weight",
    "camembert, roberta.embeddings.word_embeddings.weight, lm_head.decoder.weight",
    "distilbert, distilbert.embeddings.word_embeddings.weight, vocab_projector.weight",
    "gpt2, transformer.wte.weight, lm_head.weight",
    "opt, model.decoder.embed_tokens.weight, lm_head.weight",
    "gemma, model.embed_tokens.weight, _orig_mod.lm_head.weight",
    "llama-linear, model.embed_tokens.weight, module.lm_head.weight",
    "t5, shared.weight, encoder.embed_tokens.weight",
    "t5, shared.weight, decoder.embed_tokens.weight",
    "t5, shared.weight, lm_head.weight",
  })
  void shouldTakeTheTiedHeadForTheWordEmbedding(String fixture, String embedding, String head)
      throws IOException {
    assertReads(
        fixture,
        "{\"tie_word_embeddings\": true}",
        weights -> {
          String name =
              weights.names().stream()
                  .filter(each -> embedding.equals(each) || embedding.endsWith("." + each))
                  .findFirst()
                  .orElseThrow();
          weights.without("lm_head.weight").rename(name, head);
        });
  }

  @Test
  void shouldNeverTakeAHeadOfItsOwnForTheWordEmbedding() throws IOException {
    // given: Llama's head is its own unless config.json says otherwise
    assertRefused(
        "llama-linear",
        "{\"tie_word_embeddings\": null}",
        weights -> weights.rename("model.embed_tokens.weight", "lm_head.weight"),
        "the word embedding model.embed_tokens.weight is missing",
        "lm_head.weight is a head of its own, as tie_word_embeddings is false");
    assertRefused(
        "gpt2",
        "{\"tie_word_embeddings\": false}",
        weights ->
            weights.rename(
                weights.names().stream().filter(n -> n.endsWith("wte.weight")).findFirst().get(),
                "lm_head.weight"),
        "wte.weight is missing",
        "lm_head.weight is a head of its own");
  }

  @Test
  void shouldTakeTheOtherNameThatTheMetadataTells() throws IOException {
    // given: what save_model of safetensors leaves of two names for one memory
    String embedding = "bert.embeddings.word_embeddings.weight";
    assertReads(
        "bert",
        "{\"tie_word_embeddings\": false}",
        weights ->
            weights
                .rename(embedding, "a.head.of.mine")
                .metadata("format", "pt")
                .metadata(embedding, "a.head.of.mine"));
  }

  @Test
  void shouldNotMindConstantsThatOlderLibrariesStored() throws IOException {
    assertReads(
        "gpt2",
        weights ->
            weights
                .add("h.0.attn.masked_bias", new int[0], Float.NEGATIVE_INFINITY)
                .add("h.0.attn.bias", "U8", new int[] {1, 1, 2, 2}, new byte[4])
                .add("h.0.rotary_emb.inv_freq", new int[] {1}, Float.POSITIVE_INFINITY)
                .add("embeddings.position_ids", "I64", new int[] {1, 1}, new byte[8]));
  }

  @Test
  void shouldSayOfAnUnusedTensorThatItMayBeLeftOut() throws IOException {
    assertRefused(
        "bert",
        "{}",
        weights -> weights.add("my.table", new int[] {2}, 1, Float.NaN),
        "non-finite in my.table",
        "leave it out of the file");
  }

  @Test
  void shouldRefuseAnAdapterThatWasNotMerged() throws IOException {
    String query = "bert.encoder.layer.0.attention.self.query";
    assertRefused(
        "bert",
        "{}",
        weights -> weights.add(query + ".lora_A.default.weight", new int[] {1, 2}, 1, 1),
        query + ".lora_A.default.weight is of a LoRA adapter that was not merged",
        "merge_and_unload()");
  }

  @ParameterizedTest
  @CsvSource({"0, 1, ZeRO stage 3", "1, 1, ZeRO stage 3", "48, 48, FULL_STATE_DICT"})
  void shouldNameTheCauseOfShardsThatWereNotGathered(int size, int values, String cause)
      throws IOException {
    String name = "bert.encoder.layer.0.output.dense.weight";
    float[] ones = new float[size == 0 ? 0 : values];
    assertRefused("bert", "{}", weights -> weights.add(name, new int[] {size}, ones), name, cause);
  }

  @Test
  void shouldNameTheCauseOfFlatParameters() throws IOException {
    assertRefused(
        "bert",
        "{}",
        weights -> {
          List.copyOf(weights.names()).forEach(weights::without);
          weights.add("_fsdp_wrapped_module._flat_param", new int[] {2}, 1, 1);
        },
        "no tensor is called embeddings.word_embeddings.weight",
        "FULL_STATE_DICT");
  }

  @Test
  void shouldSayThatTheVocabularyWasResized() throws IOException {
    String name = "bert.embeddings.word_embeddings.weight";
    assertRefused(
        "bert", "{}", weights -> weights.addRows(name, 2), name, "set vocab_size to", "resized");
  }

  private void assertReads(String fixture, Consumer<EditedWeights> edit) throws IOException {
    assertReads(fixture, "{}", edit);
  }

  private void assertReads(String name, String config, Consumer<EditedWeights> edit)
      throws IOException {
    try (FamilyFixture fixture = FamilyFixture.open(name);
        CheckpointFolder checkpoint = CheckpointFolder.open(edited(fixture, config, edit));
        Encoder encoder = Encoders.load(checkpoint)) {
      assertThat(fixture.largestError(encoder)).isLessThanOrEqualTo(1e-4);
    }
  }

  private void assertRefused(
      String name, String config, Consumer<EditedWeights> edit, String... parts)
      throws IOException {
    try (FamilyFixture fixture = FamilyFixture.open(name)) {
      Path folder = edited(fixture, config, edit);
      assertThatThrownBy(
              () -> {
                try (CheckpointFolder checkpoint = CheckpointFolder.open(folder)) {
                  Encoders.load(checkpoint).close();
                }
              })
          .isInstanceOf(CheckpointException.class)
          .hasMessageContainingAll(parts);
    }
  }

  private Path edited(FamilyFixture fixture, String config, Consumer<EditedWeights> edit)
      throws IOException {
    Path folder =
        fixture.changed(
            java.nio.file.Files.createTempDirectory(temp, "edited"),
            List.of(),
            new ObjectMapper().readTree(config));
    EditedWeights weights = EditedWeights.of(folder.resolve("model.safetensors"));
    edit.accept(weights);
    weights.write();
    return folder;
  }
}
