package io.salient.extractor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.extractor.AdapterFixture;
import io.salient.extractor.announcement.RunFolderWatcher;
import io.salient.extractor.announcement.StepFolder;
import io.salient.extractor.model.Encoder;
import io.salient.extractor.model.Encoders;
import io.salient.torch.SafetensorsException;
import io.salient.torch.SafetensorsFolder;
import io.salient.torch.TensorInfo;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters as checkpoints: merged as PEFT merges them, or refused by name. */
class AdapterCheckpointTest {
  @TempDir Path temp;

  private AdapterFixture fixture(String name) {
    return AdapterFixture.copy(name, temp.resolve(name));
  }

  private static float[] floats(MemorySegment memory) {
    return memory.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
  }

  private static float[] read(CheckpointWeights weights, String name) {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment memory = arena.allocate(4 * weights.tensors().get(name).shape().size());
      weights.read(name, memory);
      return floats(memory);
    }
  }

  @Test
  void shouldMergeIntoTransposedWeightsAsPeftDoes() {
    // given: GPT-2 keeps weights as inputs x outputs, two of them square
    AdapterFixture fixture = fixture("gpt2");
    try (CheckpointFolder checkpoint = CheckpointFolder.open(fixture.adapter(), fixture.choice());
        CheckpointFolder base = CheckpointFolder.open(fixture.base());
        SafetensorsFolder merged = SafetensorsFolder.open(fixture.folder(), "merged.safetensors")) {
      assertThat(merged.tensors()).hasSize(8);
      for (TensorInfo tensor : merged.tensors().values()) {
        // when
        float[] actual = read(checkpoint.weights(), tensor.name());
        // then
        assertThat(actual)
            .containsExactly(floats(merged.bytes(tensor.name())), Offset.offset(1e-6f))
            .isNotEqualTo(read(base.weights(), tensor.name()));
      }
      assertThat(read(checkpoint.weights(), "transformer.wte.weight"))
          .containsExactly(read(base.weights(), "transformer.wte.weight"));
    }
  }

  @Test
  void shouldPutWhatTheAdapterSavedWholeInThePlaceOfTheBaseModels() {
    AdapterFixture fixture = fixture("bert");
    try (CheckpointFolder checkpoint = CheckpointFolder.open(fixture.adapter(), fixture.choice());
        SafetensorsFolder adapter =
            SafetensorsFolder.open(fixture.adapter(), "adapter_model.safetensors")) {
      assertThat(read(checkpoint.weights(), "classifier.weight"))
          .containsExactly(floats(adapter.bytes("base_model.model.classifier.weight")));
    }
  }

  @Test
  void shouldHaveAnIdOfBaseAndAdapterAndScale() {
    String id = id(fixture("bert"));
    assertThat(AdapterFixture.copy("bert", temp.resolve("same")))
        .satisfies(f -> assertThat(id(f)).isEqualTo(id));
    assertThat(
            id(
                AdapterFixture.copy("bert", temp.resolve("scaled"))
                    .replace("\"lora_alpha\": 8", "\"lora_alpha\": 9")))
        .isNotEqualTo(id);
    AdapterFixture other = AdapterFixture.copy("bert", temp.resolve("other"));
    flipLastByte(other.base().resolve("model.safetensors"));
    assertThat(id(other)).isNotEqualTo(id);
    try (CheckpointFolder base = CheckpointFolder.open(other.base())) {
      assertThat(base.checkpointId()).isNotEqualTo(id);
    }
  }

  private static String id(AdapterFixture fixture) {
    try (CheckpointFolder checkpoint = CheckpointFolder.open(fixture.adapter(), fixture.choice())) {
      return checkpoint.checkpointId();
    }
  }

  private static void flipLastByte(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 4] ^= 1;
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void shouldTakeTheBaseModelThatTheAdapterNamesWhenItLiesInTheRoots() {
    AdapterFixture fixture = fixture("bert");
    fixture.replace("someone/tiny-model", fixture.base().toString());
    try (CheckpointFolder checkpoint = CheckpointFolder.open(fixture.adapter(), fixture.named())) {
      assertThat(checkpoint.checkpointId()).isEqualTo(id(fixture));
      assertThat(checkpoint.tokenizer().folder()).isEqualTo(fixture.base());
    }
  }

  @Test
  void shouldNeverFetchABaseModel() {
    AdapterFixture fixture = fixture("bert");
    assertThatThrownBy(() -> CheckpointFolder.open(fixture.adapter(), fixture.named()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("someone/tiny-model")
        .hasMessageContaining("nothing is ever downloaded")
        .hasMessageContaining("salient.extractor.base-model");
  }

  @Test // S5
  void shouldNotReadABaseModelOutsideTheRoots() {
    AdapterFixture fixture = fixture("bert");
    fixture.replace("someone/tiny-model", fixture.base().toString());
    WeightChoice narrow =
        new WeightChoice(
            CheckpointRoots.of(List.of(fixture.adapter().toString())),
            Optional.empty(),
            OptionalLong.empty());
    assertThatThrownBy(() -> CheckpointFolder.open(fixture.adapter(), narrow))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("salient.extractor.roots");
  }

  @Test // I8: where the link leads counts, not where it lies
  void shouldTakeABaseModelBehindALinkWhenItLiesInTheRoots() throws IOException {
    // given
    AdapterFixture fixture = fixture("bert");
    Path link = Files.createSymbolicLink(fixture.folder().resolve("link"), fixture.base());
    fixture.replace("someone/tiny-model", link.toString());
    WeightChoice given =
        new WeightChoice(
            fixture.choice().roots(), Optional.of(link.toString()), OptionalLong.empty());
    // when, then: it is called by its real name
    for (WeightChoice choice : List.of(given, fixture.named())) {
      try (CheckpointFolder checkpoint = CheckpointFolder.open(fixture.adapter(), choice)) {
        assertThat(checkpoint.checkpointId()).isEqualTo(id(fixture));
        assertThat(checkpoint.baseModel()).isEqualTo(fixture.base().toString());
      }
    }
  }

  @Test // I8, S5
  void shouldNotFollowALinkFromTheRootsToABaseModelOutside() throws IOException {
    // given
    AdapterFixture fixture = fixture("bert");
    AdapterFixture outside = AdapterFixture.copy("bert", temp.resolve("outside"));
    Path link = Files.createSymbolicLink(fixture.folder().resolve("link"), outside.base());
    fixture.replace("someone/tiny-model", link.toString());
    WeightChoice given =
        new WeightChoice(
            fixture.choice().roots(), Optional.of(link.toString()), OptionalLong.empty());
    // when, then
    for (WeightChoice choice : List.of(given, fixture.named())) {
      assertThatThrownBy(() -> CheckpointFolder.open(fixture.adapter(), choice))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("salient.extractor.roots");
    }
  }

  @ParameterizedTest // I8
  @ValueSource(strings = {"config.json", "model.safetensors", "tokenizer.json"})
  void shouldNotFollowLinksInsideABaseModel(String name) throws IOException {
    AdapterFixture fixture = fixture("bert");
    Path file = fixture.base().resolve(name);
    Files.createSymbolicLink(file, Files.move(file, temp.resolve("moved-" + name)));
    assertThatThrownBy(
            () -> {
              try (CheckpointFolder checkpoint =
                      CheckpointFolder.open(fixture.adapter(), fixture.choice());
                  Encoder encoder = Encoders.load(checkpoint)) {
                assertThat(encoder.layers()).isPositive();
              }
            })
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"peft_type\": \"LORA\"       | \"peft_type\": \"IA3\"              | peft_type is IA3",
        "\"use_dora\": false           | \"use_dora\": true                  | use_dora",
        "\"init_lora_weights\": true   | \"init_lora_weights\": \"pissa\"    | pissa",
        "\"trainable_token_indices\": null | \"trainable_token_indices\": [3] |"
            + " trainable_token_indices",
        "\"lora_bias\": false          | \"lora_bias\": true                 | lora_bias",
        "\"r\": 4                      | \"r\": 5                            | rank 5",
        "\"r\": 4                      | \"r\": 0                            | r is not a positive"
            + " number",
        "\"rank_pattern\": {}          | \"rank_pattern\": {\"(a+)+$\": 4}   | only paths of"
            + " modules",
      })
  void shouldRefuseByNameWhatItDoesNotMerge(String from, String to, String message) {
    AdapterFixture fixture = fixture("bert").replace(from, to);
    assertThatThrownBy(() -> CheckpointFolder.open(fixture.adapter(), fixture.choice()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("adapter_config.json")
        .hasMessageContaining(message);
  }

  @Test
  void shouldRefuseAnAdapterOfAnotherModel() throws IOException {
    AdapterFixture fixture = fixture("bert");
    AdapterFixture other = fixture("gpt2");
    Files.copy(
        other.base().resolve("model.safetensors"),
        fixture.base().resolve("model.safetensors"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> CheckpointFolder.open(fixture.adapter(), fixture.choice()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("the base model does not have");
  }

  @Test // I7
  void shouldRefusePickledAdapters() throws IOException {
    AdapterFixture fixture = fixture("bert");
    Files.move(
        fixture.adapter().resolve("adapter_model.safetensors"),
        fixture.adapter().resolve("adapter_model.bin"));
    assertThatThrownBy(() -> CheckpointFolder.open(fixture.adapter(), fixture.choice()))
        .isInstanceOf(SafetensorsException.class)
        .hasMessageContaining("Pickle is code");
  }

  @Test
  void shouldRefuseAFolderThatIsBoth() throws IOException {
    AdapterFixture fixture = fixture("bert");
    Files.copy(
        fixture.base().resolve("model.safetensors"),
        fixture.adapter().resolve("model.safetensors"));
    assertThatThrownBy(() -> CheckpointFolder.open(fixture.adapter(), fixture.choice()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("an adapter and a whole model");
  }

  @Test
  void shouldBeReadyOnceTheAdaptersWeightsAreWhole() throws IOException {
    // given: a run of adapter checkpoints
    Path run = temp.resolve("run");
    AdapterFixture fixture = fixture("bert");
    Path step = Files.createDirectories(run.resolve("checkpoint-20"));
    Files.copy(
        fixture.adapter().resolve("adapter_config.json"), step.resolve("adapter_config.json"));
    byte[] weights = Files.readAllBytes(fixture.adapter().resolve("adapter_model.safetensors"));
    Path file = step.resolve("adapter_model.safetensors");
    // when, then
    assertThat(RunFolderWatcher.completeCheckpoints(run)).isEmpty();
    Files.write(file, java.util.Arrays.copyOf(weights, weights.length - 4));
    assertThat(RunFolderWatcher.completeCheckpoints(run)).isEmpty();
    Files.write(file, weights);
    assertThat(RunFolderWatcher.completeCheckpoints(run)).containsExactly(new StepFolder(20, step));
    assertThat(RunFolderWatcher.completeCheckpoints(step))
        .containsExactly(new StepFolder(20, step));
  }
}
