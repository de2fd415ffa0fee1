package io.salient.extractor.announcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.extractor.AdapterFixture;
import io.salient.extractor.EditedWeights;
import io.salient.extractor.TinyCheckpoint;
import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.checkpoint.CheckpointRoots;
import io.salient.extractor.checkpoint.WeightChoice;
import io.salient.extractor.model.Encoders;
import io.salient.extractor.tokenization.WordTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders that are no checkpoint, or not a whole one: the message says where to look. */
class LeftoverFoldersTest {
  @TempDir Path temp;

  @Test
  void shouldPointToAnAdapterWithAName() {
    // given: PEFT saves it one folder deeper
    AdapterFixture.copy("bert", temp.resolve("checkpoint-20/my_task"));
    Path step = temp.resolve("checkpoint-20/my_task");
    assertMissingConfig(step.resolve("adapter").getParent(), "adapter with a name lies in adapter");
  }

  @Test
  void shouldPointToTheModelOfSentenceTransformers() throws IOException {
    TinyCheckpoint.random(1).write(temp.resolve("0_Transformer"));
    Files.createDirectories(temp.resolve("1_Pooling"));
    Files.writeString(temp.resolve("1_Pooling/config.json"), "{}");
    Files.writeString(temp.resolve("modules.json"), "[]");
    assertMissingConfig(temp, "the model lies in 0_Transformer");
  }

  @Test
  void shouldPointToTheStepsOfARun() {
    TinyCheckpoint.random(1).writeStep(temp, 10);
    TinyCheckpoint.random(1).writeStep(temp, 20);
    assertMissingConfig(temp, "models lie in checkpoint-10, checkpoint-20");
  }

  @Test
  void shouldAskForTheAdaptersConfiguration() throws IOException {
    Files.createFile(temp.resolve("adapter_model.safetensors"));
    assertMissingConfig(temp, "and so is adapter_config.json");
  }

  @Test
  void shouldSayThatAnAdapterIsNoBaseModel() {
    AdapterFixture.copy("bert", temp.resolve("bert"));
    Path adapter = temp.resolve("bert/adapter");
    WeightChoice choice =
        new WeightChoice(
            CheckpointRoots.of(List.of(temp.toString())),
            Optional.of(adapter.toString()),
            OptionalLong.empty());
    assertThatThrownBy(() -> CheckpointFolder.open(adapter, choice).close())
        .hasMessageContainingAll(
            "config.json is missing", "it is an adapter: give the whole model");
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "tokenizer.json", "vocab.txt", "model.safetensors"})
  void shouldSayWhatAFileIsThatIsNotItself(String name) throws IOException {
    // given: a clone without Git LFS, and a download without a login
    Path folder = TinyCheckpoint.random(1).write(temp.resolve("a"));
    if (name.equals("vocab.txt")) {
      Files.delete(folder.resolve("tokenizer.json"));
    }
    Files.writeString(
        folder.resolve(name), "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 9\n");
    assertNotRead(folder, name, "pointer of Git LFS");
    Files.writeString(folder.resolve(name), "<!doctype html><html>Sign in</html>");
    assertNotRead(folder, name, "is a web page");
  }

  private static void assertNotRead(Path folder, String name, String says) {
    assertThatThrownBy(
            () -> {
              try (CheckpointFolder checkpoint = CheckpointFolder.open(folder)) {
                WordTokenizer.load(checkpoint.tokenizer()).close();
              }
            })
        .hasMessageContainingAll(folder.resolve(name).toString(), says);
  }

  @Test
  void shouldReadTheStepBesideALossThatIsNotANumber() throws IOException {
    // given: Python writes NaN into JSON
    Path folder = TinyCheckpoint.random(1).writeStep(temp, 10);
    Files.writeString(
        folder.resolve("trainer_state.json"),
        "{\"global_step\": 10, \"log_history\": [{\"loss\": NaN, \"grad_norm\": Infinity}]}");
    try (CheckpointFolder checkpoint = CheckpointFolder.open(folder)) {
      assertThat(checkpoint.warnings()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"bert\"  | (or vocab.txt)",
        "\"gpt2\"  | (or vocab.json and merges.txt)",
        "\"llama\" | copy it from the model",
      })
  void shouldSayWhichFilesOfATokenizerWouldDo(String type, String message) throws IOException {
    Path folder = TinyCheckpoint.random(1).config("model_type", type).write(temp.resolve("a"));
    Files.delete(folder.resolve("tokenizer.json"));
    assertThatThrownBy(() -> CheckpointFolder.open(folder).close())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContainingAll(
            folder.resolve("tokenizer.json").toString(), "save_pretrained", message);
  }

  @Test
  void shouldPointToTheTokenizerOfTheRun() throws IOException {
    Path folder = TinyCheckpoint.random(1).writeStep(temp, 10);
    Files.move(folder.resolve("tokenizer.json"), temp.resolve("tokenizer.json"));
    assertThatThrownBy(() -> CheckpointFolder.open(folder).close())
        .hasMessageContaining("or copy it from " + temp.resolve("tokenizer.json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"spiece.model", "tokenizer.model", "sentencepiece.bpe.model"})
  void shouldRefuseASentencePieceModelAlone(String name) throws IOException {
    Path folder = TinyCheckpoint.random(1).write(temp.resolve("a"));
    Files.move(folder.resolve("tokenizer.json"), folder.resolve(name));
    assertThatThrownBy(() -> CheckpointFolder.open(folder).close())
        .hasMessageContainingAll(name + " alone is not enough", "save_pretrained");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "qweight",
        "qzeros",
        "weight_packed",
        "weight_scale",
        "weight_scale_inv",
        "SCB",
        "weight.absmax",
        "weight.quant_map",
        "weight.quant_state.bitsandbytes__nf4",
        "weight_blocks",
        "W_q",
        "weight._data",
        "weight:_int_data"
      })
  void shouldRefuseQuantisedWeightsByTheirTensors(String part) {
    Path folder = TinyCheckpoint.random(1).write(temp.resolve("a"));
    String name = "bert.encoder.layer.0.output.dense." + part;
    EditedWeights.of(folder.resolve("model.safetensors"))
        .add(name, "U8", new int[] {1}, (byte) 1)
        .write();
    assertRefused(folder, "weights.quantised", name, "let the live model write its activations");
  }

  @ParameterizedTest
  @ValueSource(strings = {"quantization_config", "compression_config"})
  void shouldRefuseQuantisedWeightsByTheConfiguration(String field) {
    String json = "{\"quant_method\": \"awq\"}";
    Path folder = TinyCheckpoint.random(1).config(field, json).write(temp.resolve("a"));
    String code = "config." + field.replace('_', '-');
    assertRefused(folder, code, field, "no quantised tensor", "remove the field");
    EditedWeights.of(folder.resolve("model.safetensors"))
        .add("a.qweight", "I32", new int[] {1}, new byte[4])
        .write();
    assertRefused(folder, code, "a.qweight", "save the model in 16 bits");
  }

  @Test
  void shouldSayThatShardsLieBesideTheFileThatIsRead() throws IOException {
    // given
    Path folder = TinyCheckpoint.random(1).writeStep(temp, 10);
    Files.writeString(folder.resolve("model.safetensors.index.json"), "{}");
    // when, then
    try (CheckpointFolder checkpoint = CheckpointFolder.open(folder)) {
      assertThat(checkpoint.warnings())
          .singleElement()
          .asString()
          .contains("model.safetensors and an index of shards lie here");
    }
  }

  @Test
  void shouldNotMindAQuantisationThatIsNull() {
    Path folder =
        TinyCheckpoint.random(1).config("quantization_config", "null").write(temp.resolve("a"));
    try (CheckpointFolder checkpoint = CheckpointFolder.open(folder)) {
      assertThat(Encoders.load(checkpoint).layers()).isEqualTo(TinyCheckpoint.BLOCKS + 1);
    }
  }

  private static void assertMissingConfig(Path folder, String message) {
    assertThatThrownBy(() -> CheckpointFolder.open(folder).close())
        .isInstanceOfSatisfying(
            CheckpointException.class, e -> assertThat(e.code()).isEqualTo("config.missing"))
        .hasMessageContainingAll(folder.resolve("config.json") + " is missing", message);
  }

  private static void assertRefused(Path folder, String code, String... parts) {
    assertThatThrownBy(
            () -> {
              try (CheckpointFolder checkpoint = CheckpointFolder.open(folder)) {
                Encoders.load(checkpoint).close();
              }
            })
        .isInstanceOfSatisfying(
            CheckpointException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContainingAll(parts);
  }
}
