package io.salient.extractor.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.salient.extractor.AdapterFixture;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.torch.TorchEngine;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Truth from PEFT: hidden states of a base model with the adapter beside it, not merged. */
class AdapterGoldenTest {
  private static final double TOLERANCE = 1e-4;

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"bert", "bert-patterns"})
  void shouldAgreeWithPeftOnEveryLayer(String name) throws IOException {
    // given
    AdapterFixture fixture = AdapterFixture.copy(name, temp.resolve(name));
    JsonNode golden =
        new ObjectMapper().readTree(fixture.folder().resolve("expected.json").toFile());
    try (CheckpointFolder checkpoint = CheckpointFolder.open(fixture.adapter(), fixture.choice());
        CheckpointFolder base = CheckpointFolder.open(fixture.base());
        Encoder encoder = Encoders.load(checkpoint);
        Encoder unadapted = Encoders.load(base);
        NDManager manager = TorchEngine.newManager()) {
      for (JsonNode sentence : golden.get("sentences")) {
        WordBatch batch =
            new WordBatch(new long[][] {longs(sentence.get("ids"))}, new WordBatch.Word[0]);
        JsonNode expected = sentence.get("hidden_states");
        // when
        NDList states = encoder.hiddenStates(manager, batch);
        // then
        assertThat(difference(expected, states)).isLessThan(TOLERANCE);
        assertThat(difference(expected, unadapted.hiddenStates(manager, batch))).isGreaterThan(0.1);
      }
    }
  }

  private static double difference(JsonNode expected, NDList states) {
    assertThat(states).hasSize(expected.size());
    double worst = 0;
    for (int layer = 0; layer < expected.size(); layer++) {
      float[] actual = states.get(layer).toFloatArray();
      int at = 0;
      for (JsonNode position : expected.get(layer)) {
        for (JsonNode value : position) {
          worst = Math.max(worst, Math.abs(actual[at++] - value.asDouble()));
        }
      }
      assertThat(at).isEqualTo(actual.length);
    }
    return worst;
  }

  private static long[] longs(JsonNode numbers) {
    long[] values = new long[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i).asLong();
    }
    return values;
  }
}
