package io.salient.extractor.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.salient.extractor.TinyCheckpoint;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.schemas.avro.Aggregation;
import io.salient.torch.TorchEngine;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What changes a model's output, and what must not. */
class BertEncoderTest {
  private static final long[] SHORT = {1, 4, 2};
  private static final long[] LONG = {1, 5, 6, 7, 8, 9, 10, 2};

  @TempDir Path temp;

  private static WordBatch batch(long[]... ids) {
    return new WordBatch(ids, new WordBatch.Word[] {new WordBatch.Word(0, 1, 1)});
  }

  private float[] first(TinyCheckpoint checkpoint, String name, WordBatch batch) {
    try (CheckpointFolder folder = CheckpointFolder.open(checkpoint.write(temp.resolve(name)));
        Encoder encoder = Encoders.load(folder);
        NDManager manager = TorchEngine.newManager()) {
      NDArray words = encoder.words(manager, batch, Aggregation.LAST);
      return words.toFloatArray();
    }
  }

  @Test
  void shouldNotLetPaddingTakePart() {
    float[] alone = first(TinyCheckpoint.random(1), "a", batch(SHORT));
    float[] padded = first(TinyCheckpoint.random(1), "b", batch(SHORT, LONG));
    assertThat(padded).containsExactly(alone, Offset.offset(1e-6f));
  }

  @Test
  void shouldReadWeightsUnderAnyPrefixOrNoneAndUnderTensorFlowsNames() {
    float[] expected = first(TinyCheckpoint.random(1), "a", batch(LONG));
    assertThat(first(TinyCheckpoint.random(1).rename("bert.", ""), "b", batch(LONG)))
        .containsExactly(expected);
    assertThat(first(TinyCheckpoint.random(1).rename("bert.", "model.bert."), "c", batch(LONG)))
        .containsExactly(expected);
    assertThat(
            first(
                TinyCheckpoint.random(1)
                    .rename("LayerNorm.weight", "LayerNorm.gamma")
                    .rename("LayerNorm.bias", "LayerNorm.beta"),
                "d",
                batch(LONG)))
        .containsExactly(expected);
  }

  @ParameterizedTest // I4
  @CsvSource({"F64, 0", "F16, 0.02", "BF16, 0.2"})
  void shouldReadOtherFloatTypes(String dtype, float tolerance) {
    float[] expected = first(TinyCheckpoint.random(1), "a", batch(LONG));
    assertThat(first(TinyCheckpoint.random(1).dtype(dtype), "b", batch(LONG)))
        .containsExactly(expected, Offset.offset(tolerance));
  }

  @ParameterizedTest
  @CsvSource({"gelu_new", "relu", "silu"})
  void shouldUseTheActivationOfTheConfiguration(String activation) {
    float[] gelu = first(TinyCheckpoint.random(1), "a", batch(LONG));
    float[] other =
        first(
            TinyCheckpoint.random(1).config("hidden_act", "\"" + activation + "\""),
            "b",
            batch(LONG));
    float tolerance = activation.equals("gelu_new") ? 0.02f : 10;
    assertThat(other).isNotEqualTo(gelu).containsExactly(gelu, Offset.offset(tolerance));
  }

  @Test
  void shouldUseTheEpsilonOfTheConfiguration() {
    float[] small = first(TinyCheckpoint.random(1), "a", batch(LONG));
    assertThat(first(TinyCheckpoint.random(1).config("layer_norm_eps", "0.5"), "b", batch(LONG)))
        .isNotEqualTo(small);
  }
}
