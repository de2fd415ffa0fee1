package io.salient.extractor.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.salient.extractor.TinyCheckpoint;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.schemas.avro.Aggregation;
import io.salient.torch.TorchEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A model that goes on from the output of one of its layers. */
class LayerSplitTest {
  @TempDir Path temp;

  static List<String> fixtures() {
    return FamilyFixture.supported();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fixtures")
  void shouldGiveTheSameBytesFromEveryLayerOn(String name) {
    try (FamilyFixture fixture = FamilyFixture.open(name);
        CheckpointFolder checkpoint = CheckpointFolder.open(fixture.folder());
        Encoder encoder = Encoders.load(checkpoint);
        NDManager manager = TorchEngine.newManager()) {
      WordBatch batch = batch(fixture);
      int[] all = IntStream.range(0, encoder.layers()).toArray();
      for (Aggregation aggregation : Aggregation.values()) {
        float[] whole = encoder.words(manager, batch, aggregation).toFloatArray();
        for (int layer = 0; layer < encoder.layers() - 1; layer++) {
          // when
          NDList both = encoder.wordsAndState(manager, batch, aggregation, layer, all);
          int[] above = IntStream.range(layer + 1, encoder.layers()).toArray();
          NDArray upper =
              encoder.wordsAbove(manager, batch, aggregation, layer, both.get(1), above);
          // then
          int width = (layer + 1) * encoder.hiddenSize();
          assertThat(both.get(0).toFloatArray()).containsExactly(whole);
          assertThat(both.get(0).get(":, :" + width).concat(upper, 1).toFloatArray())
              .containsExactly(whole);
        }
      }
    }
  }

  private static WordBatch batch(FamilyFixture fixture) {
    List<FamilyFixture.Sentence> sentences = fixture.sentences();
    List<WordBatch.Word> words = new ArrayList<>();
    for (int s = 0; s < sentences.size(); s++) {
      for (int w = 0; w < sentences.get(s).first().length; w++) {
        if (sentences.get(s).first()[w] >= 0) {
          words.add(new WordBatch.Word(s, sentences.get(s).first()[w], sentences.get(s).last()[w]));
        }
      }
    }
    return new WordBatch(
        sentences.stream().map(FamilyFixture.Sentence::ids).toArray(long[][]::new),
        words.toArray(WordBatch.Word[]::new));
  }

  private List<String> keys(TinyCheckpoint checkpoint, String name, Dtype dtype) {
    try (CheckpointFolder folder = CheckpointFolder.open(checkpoint.write(temp.resolve(name)));
        Encoder encoder = Encoders.load(folder, dtype)) {
      return encoder.layerKeys();
    }
  }

  @Test
  void shouldHaveKeysThatDifferFromTheFirstChangedLayerOn() {
    List<String> keys = keys(TinyCheckpoint.random(1), "a", Dtype.FLOAT32);
    assertThat(keys).hasSize(3).doesNotHaveDuplicates();
    assertThat(keys(TinyCheckpoint.random(1), "same", Dtype.FLOAT32)).isEqualTo(keys);
    assertThat(
            keys(
                TinyCheckpoint.random(1)
                    .value("bert.encoder.layer.1.attention.output.dense.bias", 3, 0.25f),
                "top",
                Dtype.FLOAT32))
        .startsWith(keys.get(0), keys.get(1))
        .doesNotContain(keys.get(2));
    assertThat(
            keys(
                TinyCheckpoint.random(1).value("bert.embeddings.LayerNorm.bias", 0, 0.25f),
                "bottom",
                Dtype.FLOAT32))
        .doesNotContainAnyElementsOf(keys);
    assertThat(
            keys(TinyCheckpoint.random(1).value("classifier.bias", 0, 2f), "head", Dtype.FLOAT32))
        .isEqualTo(keys);
    assertThat(
            keys(TinyCheckpoint.random(1).config("layer_norm_eps", "0.001"), "eps", Dtype.FLOAT32))
        .doesNotContainAnyElementsOf(keys);
    assertThat(keys(TinyCheckpoint.random(1), "bf16", Dtype.BFLOAT16))
        .doesNotContainAnyElementsOf(keys);
  }
}
