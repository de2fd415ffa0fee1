package io.salient.extractor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.extractor.TinyCheckpoint;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An untrained model in the shape of a checkpoint. */
class RandomWeightsTest {
  private static final String MATRIX = "bert.encoder.layer.0.intermediate.dense.weight";

  @TempDir Path temp;

  private CheckpointFolder open(TinyCheckpoint checkpoint, String name, long seed) {
    return CheckpointFolder.open(
        checkpoint.write(temp.resolve(name)),
        new WeightChoice(CheckpointRoots.of(List.of()), Optional.empty(), OptionalLong.of(seed)));
  }

  private static float[] read(CheckpointFolder checkpoint, String name) {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment memory =
          arena.allocate(4 * checkpoint.weights().tensors().get(name).shape().size());
      checkpoint.weights().read(name, memory);
      return memory.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
    }
  }

  @Test
  void shouldDrawTheSameForASeedWhateverTheWeightsThatLieThere() {
    try (CheckpointFolder one = open(TinyCheckpoint.random(1), "a", 7);
        CheckpointFolder two = open(TinyCheckpoint.random(2), "b", 7);
        CheckpointFolder other = open(TinyCheckpoint.random(1), "c", 8);
        CheckpointFolder stored = CheckpointFolder.open(temp.resolve("a"))) {
      assertThat(read(two, MATRIX)).containsExactly(read(one, MATRIX));
      assertThat(two.checkpointId()).isEqualTo(one.checkpointId());
      assertThat(read(other, MATRIX)).isNotEqualTo(read(one, MATRIX));
      assertThat(other.checkpointId()).isNotEqualTo(one.checkpointId());
      assertThat(stored.checkpointId()).isNotEqualTo(one.checkpointId());
    }
  }

  @Test
  void shouldDrawAsTheFamilyStarts() {
    TinyCheckpoint large =
        TinyCheckpoint.random(1).tensor(MATRIX, 400, 500).config("initializer_range", "0.05");
    try (CheckpointFolder checkpoint = open(large, "a", 7)) {
      assertThat(read(checkpoint, "bert.embeddings.LayerNorm.weight")).containsOnly(1);
      assertThat(read(checkpoint, "bert.embeddings.LayerNorm.bias")).containsOnly(0);
      assertThat(read(checkpoint, "bert.encoder.layer.0.intermediate.dense.bias")).containsOnly(0);
      float[] values = read(checkpoint, MATRIX);
      double sum = 0;
      double squares = 0;
      double fourth = 0;
      for (float value : values) {
        sum += value;
        squares += (double) value * value;
        fourth += Math.pow(value, 4);
      }
      double variance = squares / values.length;
      // standard errors: mean 0.05 / sqrt(200,000), deviation 0.05 / sqrt(400,000)
      assertThat(sum / values.length).isCloseTo(0, Offset.offset(5 * 0.05 / 447));
      assertThat(Math.sqrt(variance)).isCloseTo(0.05, Offset.offset(5 * 0.05 / 632));
      assertThat(fourth / values.length / variance / variance).isCloseTo(3, Offset.offset(0.06));
    }
  }

  @Test
  void shouldScaleAndCutAsTheFamilyDoes() {
    InitialValues gpt2 = initial("gpt2", "n_layer", "8");
    assertThat(deviation(gpt2, "h.0.attn.c_proj.weight")).isEqualTo(0.02 / 4);
    assertThat(deviation(gpt2, "h.0.attn.c_attn.weight")).isEqualTo(0.02);
    InitialValues modernBert = initial("modernbert", "num_hidden_layers", "8");
    assertThat(deviation(modernBert, "model.layers.0.attn.Wo.weight")).isEqualTo(0.02 / 4);
    assertThat(modernBert.of("a.Wqkv.weight", new ai.djl.ndarray.types.Shape(2, 2)).cut())
        .isEqualTo(2);
    InitialValues t5 = initial("t5", "d_model", "16");
    assertThat(deviation(t5, "shared.weight")).isEqualTo(1);
    assertThat(deviation(t5, "encoder.block.0.layer.0.SelfAttention.k.weight")).isEqualTo(0.25);
    InitialValues gemma = initial("gemma", "hidden_size", "8");
    assertThat(gemma.of("norm.weight", new ai.djl.ndarray.types.Shape(2)).mean()).isZero();
  }

  private static double deviation(InitialValues values, String name) {
    return values.of(name, new ai.djl.ndarray.types.Shape(2, 2)).deviation();
  }

  private InitialValues initial(String family, String field, String value) {
    Path folder =
        TinyCheckpoint.random(1)
            .config("model_type", "\"" + family + "\"")
            .config(field, value)
            .write(temp.resolve(family));
    return new InitialValues(ModelConfig.read(folder));
  }

  @Test
  void shouldCutByDrawingAgain() {
    NormalDraws draws = new NormalDraws(3);
    double most = 0;
    for (int i = 0; i < 100_000; i++) {
      double value = draws.at(i, 2);
      assertThat(Math.abs(value)).isLessThanOrEqualTo(2);
      most = Math.max(most, Math.abs(value));
    }
    assertThat(most).isBetween(1.99, 2.0);
  }
}
