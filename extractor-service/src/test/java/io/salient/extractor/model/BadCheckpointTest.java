package io.salient.extractor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.salient.extractor.TinyCheckpoint;
import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.torch.SafetensorsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** I1, I5, I6, I7, I11, I12 and F17: checkpoints that must be refused, each with what is wrong. */
class BadCheckpointTest {
  @TempDir Path temp;

  private static Throwable failure(Path folder) {
    return catchThrowable(
        () -> {
          try (CheckpointFolder checkpoint = CheckpointFolder.open(folder);
              Encoder encoder = Encoders.load(checkpoint)) {
            assertThat(encoder.layers()).isEqualTo(TinyCheckpoint.BLOCKS + 1);
          }
        });
  }

  private static void assertRefused(Path folder, String code, String... inMessage) {
    assertThat(failure(folder))
        .isInstanceOfSatisfying(
            CheckpointException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContainingAll(inMessage);
  }

  @Test
  void shouldTakeAGoodOne() {
    assertThat(failure(TinyCheckpoint.random(1).write(temp))).isNull();
  }

  @ParameterizedTest // I6
  @CsvSource(
      delimiter = '|',
      value = {
        "model_type|\"mamba\"|config.model-type|mamba",
        "model_type|7|config.model-type|not a text",
        "hidden_size|9|config.hidden-size|num_attention_heads = 2",
        "hidden_size|16|weights.shape|bert.embeddings.word_embeddings.weight",
        "hidden_size|-8|config.hidden-size|-8",
        "hidden_size|1e99|config.hidden-size|whole number",
        "hidden_size|\"8\"|config.hidden-size|whole number",
        "num_hidden_layers|3|weights.tensor|bert.encoder.layer.2.",
        "vocab_size|13|weights.shape|(12, 8)",
        "max_position_embeddings|17|weights.shape|position_embeddings",
        "intermediate_size|17|weights.shape|encoder.layer.0.intermediate.dense.weight",
        "position_embedding_type|\"relative_key\"|config.position-embedding-type|relative_key",
        "hidden_act|\"mish\"|config.hidden-act|mish",
        "layer_norm_eps|\"x\"|config.layer-norm-eps|not a number",
        "is_decoder|true|config.is-decoder|only encoders",
        "auto_map|{\"AutoModel\": \"evil.py\"}|config.auto-map|remote code"
      })
  void shouldNameTheFieldOrTensorThatIsWrong(
      String field, String json, String code, String inMessage) {
    assertRefused(TinyCheckpoint.random(1).config(field, json).write(temp), code, inMessage);
  }

  @ParameterizedTest // I6
  @CsvSource({"model_type", "hidden_size", "num_attention_heads", "vocab_size"})
  void shouldNameTheFieldThatIsMissing(String field) {
    assertRefused(
        TinyCheckpoint.random(1).config(field, null).write(temp),
        "config." + field.replace('_', '-'),
        field + " is missing");
  }

  @Test // I6
  void shouldNameTheSupportedFamilies() {
    assertRefused(
        TinyCheckpoint.random(1).config("model_type", "\"mamba\"").write(temp),
        "config.model-type",
        "mamba",
        Encoders.SUPPORTED.toString());
  }

  @Test // I6
  void shouldRefuseAConfigThatIsMissingOrNoJson() throws IOException {
    Path folder = TinyCheckpoint.random(1).write(temp);
    for (String text :
        new String[] {"", "[]", "{\"a\": 1, \"a\": 2}", "{\"a\":".repeat(5_000), "{} x"}) {
      Files.writeString(folder.resolve("config.json"), text);
      assertRefused(folder, "config.unreadable", "config.json");
    }
    Files.delete(folder.resolve("config.json"));
    assertRefused(folder, "config.missing", "config.json");
  }

  @Test // S5
  void shouldNotFollowLinksOfFilesInsideTheFolder() throws IOException {
    for (String name : new String[] {"config.json", "tokenizer.json", "model.safetensors"}) {
      Path folder = TinyCheckpoint.random(1).write(temp.resolve(name));
      Path moved = Files.move(folder.resolve(name), temp.resolve("moved-" + name));
      Files.createSymbolicLink(folder.resolve(name), moved);
      assertThat(failure(folder)).isNotNull().hasMessageContaining(name);
    }
  }

  @ParameterizedTest // I5
  @CsvSource({
    "bert.encoder.layer.1.output.dense.weight, NaN",
    "bert.embeddings.word_embeddings.weight, Infinity",
    "classifier.bias, -Infinity"
  })
  void shouldNameTheTensorThatIsNotFinite(String tensor, float value) {
    assertRefused(
        TinyCheckpoint.random(1).value(tensor, 2, value).write(temp),
        "weights.non-finite",
        "non-finite in " + tensor);
  }

  @Test // I5: finite as it is stored, not as it is computed with
  void shouldNameTheTensorThatIsNotFiniteInBfloat16() {
    String tensor = "bert.encoder.layer.1.attention.self.key.weight";
    Path folder = TinyCheckpoint.random(1).value(tensor, 3, -Float.MAX_VALUE).write(temp);
    try (CheckpointFolder checkpoint = CheckpointFolder.open(folder)) {
      assertThat(catchThrowable(() -> Encoders.load(checkpoint, Dtype.BFLOAT16)))
          .isInstanceOfSatisfying(
              CheckpointException.class, e -> assertThat(e.code()).isEqualTo("weights.non-finite"))
          .hasMessageContainingAll(tensor, "bfloat16", "salient.extractor.dtype");
    }
  }

  @Test
  void shouldNameTheTensorThatIsMissingOrOfAnotherType() {
    String name = "bert.encoder.layer.0.attention.self.key.bias";
    assertRefused(
        TinyCheckpoint.random(1).without(name).write(temp.resolve("a")), "weights.tensor", name);
    assertRefused(
        TinyCheckpoint.random(1).rename("word_embeddings", "tokens").write(temp.resolve("b")),
        "weights.tensor",
        "embeddings.word_embeddings.weight");
    assertRefused( // I4
        TinyCheckpoint.random(1).dtype("I8").write(temp.resolve("c")), "weights.dtype", "I8");
  }

  @Test // I7
  void shouldRefusePickle() throws IOException {
    Path folder = TinyCheckpoint.random(1).write(temp);
    Files.move(folder.resolve("model.safetensors"), folder.resolve("pytorch_model.bin"));
    assertThat(failure(folder))
        .isInstanceOfSatisfying(
            SafetensorsException.class, e -> assertThat(e.code()).isEqualTo("checkpoint.pickle"))
        .hasMessageContaining("safe_serialization=True");
  }

  @Test // I1
  void shouldRefuseWeightsThatAreCutOff() throws IOException {
    Path folder = TinyCheckpoint.random(1).write(temp);
    Path weights = folder.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    for (int length : new int[] {0, 7, 200, bytes.length - 1}) {
      Files.write(weights, java.util.Arrays.copyOf(bytes, length));
      assertThat(failure(folder)).isInstanceOf(SafetensorsException.class);
    }
  }

  @Test // I12
  void shouldRefuseAMissingTokenizer() throws IOException {
    Path folder = TinyCheckpoint.random(1).write(temp);
    Files.delete(folder.resolve("tokenizer.json"));
    assertRefused(folder, "tokenizer.missing", "tokenizer.json");
  }

  @Test // I11
  void shouldRefuseAStepThatContradictsTheName() throws IOException {
    Path folder = TinyCheckpoint.random(1).writeStep(temp, 500);
    Files.writeString(folder.resolve("trainer_state.json"), "{\"global_step\": 400}");
    assertRefused(folder, "checkpoint.step-conflict", "400", "checkpoint-500");
  }

  @Test // I11
  void shouldWarnWhenTheStepCannotBeChecked() throws IOException {
    Path folder = TinyCheckpoint.random(1).writeStep(temp, 500);
    for (String text : new String[] {"{", "[]", "{\"global_step\": \"x\"}", null}) {
      if (text == null) {
        Files.delete(folder.resolve("trainer_state.json"));
      } else {
        Files.writeString(folder.resolve("trainer_state.json"), text);
      }
      try (CheckpointFolder checkpoint = CheckpointFolder.open(folder)) {
        assertThat(checkpoint.warnings())
            .singleElement()
            .asString()
            .contains("trainer_state.json", "not checked");
      }
    }
  }

  @Test // F17: the JVM survives a file that shrinks under its mapping
  void shouldRefuseWeightsThatAreTruncatedWhileTheyAreRead() throws IOException {
    Path folder =
        TinyCheckpoint.random(1)
            .config("vocab_size", "100000")
            .tensor("bert.embeddings.word_embeddings.weight", 100_000, TinyCheckpoint.HIDDEN)
            .write(temp);
    try (CheckpointFolder checkpoint = CheckpointFolder.open(folder)) {
      // when
      Files.newOutputStream(
              folder.resolve("model.safetensors"), StandardOpenOption.TRUNCATE_EXISTING)
          .close();
      // then
      for (Throwable failure :
          new Throwable[] {
            catchThrowable(checkpoint::checkpointId),
            catchThrowable(() -> Encoders.load(checkpoint))
          }) {
        assertThat(failure)
            .isInstanceOfSatisfying(
                CheckpointException.class,
                e -> assertThat(e.code()).isEqualTo("checkpoint.vanished"));
      }
    }
  }

  @Test // F16: another save of the same step while it is read
  void shouldRefuseFilesThatWereReplacedWhileTheyWereRead() throws IOException {
    Path folder = TinyCheckpoint.random(1).write(temp.resolve("a"));
    Path other = TinyCheckpoint.random(2).tensor("more", 3).write(temp.resolve("b"));
    try (CheckpointFolder checkpoint = CheckpointFolder.open(folder)) {
      Files.move(
          other.resolve("model.safetensors"),
          folder.resolve("model.safetensors"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      assertThat(catchThrowable(() -> Encoders.load(checkpoint)))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("written to while it was read");
    }
  }
}
