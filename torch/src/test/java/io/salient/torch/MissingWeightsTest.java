package io.salient.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other programs leave in the place of weights, and names that share memory. */
class MissingWeightsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pytorch_model_fsdp_0        | FSDP in pytorch_model_fsdp_0",
        "__0_0.distcp                | accelerate merge-weights",
        "global_step20               | DeepSpeed's global_step20",
        "zero_to_fp32.py             | --safe_serialization",
        "model-00001-of-00002.safetensors | copy model.safetensors.index.json",
        "weights.safetensors         | Then call it model.safetensors",
        "adapter_model.safetensors   | copy its adapter_config.json",
        "model.gguf                  | model.gguf, which is not read",
        "tf_model.h5                 | tf_model.h5, which is not read",
        "config.json                 | is it a checkpoint, and written whole?",
      })
  void shouldSayWhatLiesThereInstead(String name, String message) throws IOException {
    Files.createFile(folder.resolve(name));
    assertThatThrownBy(() -> SafetensorsFolder.open(folder))
        .isInstanceOfSatisfying(
            SafetensorsException.class,
            e -> assertThat(e.code()).isEqualTo(SafetensorsException.NO_WEIGHTS))
        .hasMessageContainingAll(folder.toString(), "neither model.safetensors nor", message);
  }

  @Test
  void shouldKnowTheOtherNamesOfTensorsThatShareMemory() {
    // given
    String header =
        "{\"__metadata__\":{\"format\":\"pt\",\"b\":\"a\",\"a\":\"a\",\"x\":\"gone\",\"n\":{\"y\":[1]}},"
            + SafetensorsWriter.tensor("a", "F32", "[1]", 0, 4)
            + "}";
    SafetensorsWriter.write(
        folder.resolve("model.safetensors"), SafetensorsWriter.bytes(header, 4));
    // when
    try (SafetensorsFolder weights = SafetensorsFolder.open(folder)) {
      // then: nothing but names of tensors that are there
      assertThat(weights.aliases()).containsOnlyKeys("b").containsEntry("b", "a");
      assertThat(weights.files().iterator().next().metadata()).containsEntry("format", "pt");
    }
  }
}
