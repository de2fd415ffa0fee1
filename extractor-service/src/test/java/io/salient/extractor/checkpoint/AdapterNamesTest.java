package io.salient.extractor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.extractor.AdapterFixture;
import io.salient.extractor.EditedWeights;
import io.salient.extractor.model.Encoder;
import io.salient.extractor.model.Encoders;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which of the base model's tensors an adapter's means: exactly one, or a refusal that names it.
 */
class AdapterNamesTest {
  private static final String QUERY = "bert.encoder.layer.0.attention.self.query.weight";
  private static final String WORDS = "bert.embeddings.word_embeddings.weight";
  private static final String PEFT = "base_model.model.";

  @TempDir Path temp;
  private AdapterFixture fixture;
  private float[] merged;

  @BeforeEach
  void readAsItIs() {
    fixture = AdapterFixture.copy("bert", temp.resolve("bert"));
    merged = query();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "base_model.model.|base_model.model.base_model.model.",
        "base_model.model.|module.base_model.model.",
        "base_model.model.|base_model.model._orig_mod.",
        "base_model.model.|_orig_mod.base_model.model.module.",
        "base_model.model.bert.|base_model.model.",
        "base_model.model.bert.|base_model.model.model.",
        "base_model.model.bert.|base_model.model.0.auto_model.",
        ".layer.0.|.layer.0._orig_mod.",
        "lora_A.weight|lora_A.default.weight",
        "lora_A.weight|lora_A.my-task.weight",
      })
  void shouldFindTheBaseTensorThroughWrappers(String from, String to) {
    // given
    adapter().rename(name -> name.replace(from, to).replace("lora_B.weight", both(to))).write();
    // when, then
    assertThat(query()).containsExactly(merged);
  }

  private static String both(String to) {
    return to.startsWith("lora_A") ? to.replace("lora_A", "lora_B") : "lora_B.weight";
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "module.bert.", "_orig_mod.bert.", "model."})
  void shouldFindItInABaseModelOfAnotherPrefix(String prefix) {
    // given: a base model that was saved without its head, or wrapped
    base().rename(name -> name.replaceFirst("^bert\\.", prefix)).write();
    // when
    float[] found = read(TensorNames.unwrapped(prefix + QUERY.substring("bert.".length())));
    // then
    assertThat(found).containsExactly(merged);
  }

  @ParameterizedTest
  @ValueSource(strings = {"vision_tower.", "vision_tower.encoder.", "talker.model.", "text.bert."})
  void shouldRefuseAnotherTowersAdapter(String tower) {
    // given: its names end as the base model's do
    adapter().rename(name -> name.replace(PEFT + "bert.", PEFT + tower)).write();
    base().rename(name -> name.replaceFirst("^bert\\.", "")).write();
    // when, then
    assertRefused(PEFT + tower + "encoder.layer.", "under another prefix it has encoder.layer.");
  }

  @Test
  void shouldLeaveOutThePoolerThatTheBaseModelLacks() {
    EditedWeights adapter = adapter();
    for (String name : List.copyOf(adapter.names())) {
      adapter.copy(name, name.replaceFirst("encoder\\.layer\\..*\\.(?=lora_)", "pooler.dense."));
    }
    adapter.write();
    base().rename(name -> name.replace("pooler", "cls")).write();
    assertThat(query()).containsExactly(merged);
  }

  @Test
  void shouldSayWhyAnAdapterIsEmpty() {
    EditedWeights adapter = adapter();
    for (String name : List.copyOf(adapter.names())) {
      adapter.add(name, "F32", new int[] {0});
    }
    adapter.write();
    assertRefused("do not fit", "ZeRO stage 3", "stage3_gather_16bit_weights_on_model_save");
  }

  @Test
  void shouldRefuseTwoTowersOfWhichOneFits() {
    EditedWeights adapter = adapter();
    for (String name : List.copyOf(adapter.names())) {
      adapter.copy(name, name.replace(PEFT + "bert.", PEFT + "vision."));
    }
    adapter.write();
    assertRefused("vision.encoder.layer.0", "which the base model does not have");
  }

  @Test
  void shouldRefuseTwoTensorsThatChangeOne() {
    EditedWeights adapter = adapter();
    for (String name : List.copyOf(adapter.names())) {
      adapter.copy(name, name.replace(PEFT + "bert.", PEFT));
    }
    adapter.write();
    assertRefused("both change the base model's bert.", PEFT + "encoder.layer.0.");
  }

  @Test
  void shouldRefuseTwoAdaptersInOneFile() {
    EditedWeights adapter = adapter();
    for (String name : List.copyOf(adapter.names())) {
      adapter.copy(name, name.replaceFirst("(lora_[AB])\\.weight", "$1.second.weight"));
    }
    adapter.write();
    assertRefused("lora_A.weight", "lora_A.second.weight", "both change");
  }

  @Test
  void shouldRefuseAnEmbeddingOfAnotherTower() {
    base().rename(name -> name.replaceFirst("^bert\\.", "")).write();
    adapter().add(PEFT + "vision.embeddings.word_embeddings.weight", new int[] {1, 1}, 1).write();
    assertRefused("vision.embeddings.word_embeddings.weight", "under another prefix it has");
  }

  @Test
  void shouldLeaveOutAHeadThatTheBaseModelDoesNotHave() {
    // given: a head that is tied to the word embedding has no tensor of its own
    adapter()
        .add(PEFT + "lm_head.lora_A.weight", new int[] {1, 1}, 1)
        .add(PEFT + "lm_head.lora_B.weight", new int[] {1, 1}, 1)
        .write();
    assertThat(query()).containsExactly(merged);
  }

  @Test
  void shouldLeaveOutTheBaseModelsOwnCopyOfASavedModule() {
    adapter().add(PEFT + "classifier.original_module.weight", new int[] {1}, 1).write();
    assertThat(query()).containsExactly(merged);
  }

  @ParameterizedTest
  @ValueSource(strings = {"weight", "base_layer.weight", "modules_to_save.default.weight"})
  void shouldTakeTheEmbeddingsOfAddedTokens(String end) {
    // given: tokens were added, and PEFT saved the resized embedding whole
    EditedWeights adapter = adapter();
    EditedWeights base = base().copy(WORDS, "resized").addRows("resized", 3);
    base.write();
    int rows = vocabulary();
    float[] resized = read("resized");
    base.without("resized").write();
    int width = resized.length / (rows + 3);
    adapter.add(PEFT + WORDS.replace("weight", end), new int[] {rows + 3, width}, resized).write();
    // when, then
    assertThat(vocabulary()).isEqualTo(rows + 3);
    assertThat(read(WORDS)).containsExactly(resized);
  }

  private int vocabulary() {
    try (CheckpointFolder checkpoint = open();
        Encoder encoder = Encoders.load(checkpoint)) {
      return encoder.vocabulary();
    }
  }

  private EditedWeights adapter() {
    return EditedWeights.of(fixture.adapter().resolve("adapter_model.safetensors"));
  }

  private EditedWeights base() {
    return EditedWeights.of(fixture.base().resolve("model.safetensors"));
  }

  private CheckpointFolder open() {
    return CheckpointFolder.open(fixture.adapter(), fixture.choice());
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(() -> open().close())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("adapter_model.safetensors")
        .hasMessageContainingAll(parts);
  }

  private float[] query() {
    return read(QUERY);
  }

  private float[] read(String name) {
    try (CheckpointFolder checkpoint = open();
        Arena arena = Arena.ofShared()) {
      CheckpointWeights weights = checkpoint.weights();
      MemorySegment memory = arena.allocate(4 * weights.tensors().get(name).shape().size());
      weights.read(name, memory);
      return memory.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
    }
  }
}
