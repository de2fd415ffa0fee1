package io.salient.extractor.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.salient.extractor.SharedInput;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.schemas.avro.Aggregation;
import io.salient.torch.TorchEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Truth from another runtime: hidden states that Transformers gave for the same checkpoint. */
class BertGoldenTest {
  private static final double TOLERANCE = 1e-4;

  @Test
  void shouldAgreeWithTransformersOnEveryLayerWhateverThePadding() throws IOException {
    // given
    Path run = SharedInput.path("runs/bert-genre");
    JsonNode golden =
        new ObjectMapper().readTree(run.resolve("golden_hidden_states.json").toFile());
    List<long[]> ids = new ArrayList<>();
    golden.get("sentences").forEach(sentence -> ids.add(longs(sentence.get("ids"))));
    // when: all three in one batch, two of them padded
    try (CheckpointFolder checkpoint =
            CheckpointFolder.open(run.resolve(golden.get("checkpoint").asText()));
        Encoder encoder = Encoders.load(checkpoint);
        NDManager manager = TorchEngine.newManager()) {
      WordBatch batch = new WordBatch(ids.toArray(long[][]::new), new WordBatch.Word[0]);
      NDList states = encoder.hiddenStates(manager, batch);
      // then
      assertThat(states).hasSize(encoder.layers());
      double worst = 0;
      for (int s = 0; s < ids.size(); s++) {
        JsonNode expected = golden.get("sentences").get(s).get("hidden_states");
        for (int layer = 0; layer < encoder.layers(); layer++) {
          worst = Math.max(worst, difference(expected.get(layer), states.get(layer).get(s)));
        }
      }
      System.out.println("largest difference to Transformers: " + worst);
      assertThat(worst).isLessThan(TOLERANCE);
    }
  }

  @Test
  void shouldAggregateSubwordsAsTheHiddenStatesSay() {
    // given
    Path run = SharedInput.path("runs/bert-genre");
    long[][] ids = {{2, 806, 308, 39, 352, 3}, {2, 39, 1978, 3}};
    WordBatch batch =
        new WordBatch(
            ids,
            new WordBatch.Word[] {
              new WordBatch.Word(1, 1, 2), new WordBatch.Word(0, 1, 3), new WordBatch.Word(0, 4, 4)
            });
    try (CheckpointFolder checkpoint = CheckpointFolder.open(run.resolve("checkpoint-0"));
        Encoder encoder = Encoders.load(checkpoint);
        NDManager manager = TorchEngine.newManager()) {
      NDList states = encoder.hiddenStates(manager, batch);
      int h = encoder.hiddenSize();
      for (Aggregation aggregation : Aggregation.values()) {
        // when
        NDArray rows = encoder.words(manager, batch, aggregation);
        // then
        assertThat(rows.getShape().getShape()).containsExactly(3, (long) encoder.layers() * h);
        for (int w = 0; w < 3; w++) {
          WordBatch.Word word = batch.words()[w];
          for (int layer = 0; layer < encoder.layers(); layer++) {
            float[] actual = rows.get(w).get((layer * h) + ":" + (layer + 1) * h).toFloatArray();
            float[] expected = aggregate(states.get(layer).get(word.sentence()), word, aggregation);
            assertThat(actual)
                .containsExactly(expected, org.assertj.core.data.Offset.offset(1e-5f));
          }
        }
      }
    }
  }

  private static float[] aggregate(NDArray state, WordBatch.Word word, Aggregation aggregation) {
    return switch (aggregation) {
      case FIRST -> state.get(word.first()).toFloatArray();
      case LAST -> state.get(word.last()).toFloatArray();
      case AVERAGE ->
          state.get(word.first() + ":" + (word.last() + 1)).mean(new int[] {0}).toFloatArray();
    };
  }

  private static double difference(JsonNode expected, NDArray state) {
    double worst = 0;
    for (int s = 0; s < expected.size(); s++) {
      float[] actual = state.get(s).toFloatArray();
      for (int d = 0; d < actual.length; d++) {
        worst = Math.max(worst, Math.abs(actual[d] - expected.get(s).get(d).asDouble()));
      }
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
