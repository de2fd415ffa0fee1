package io.salient.extractor.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.torch.TorchEngine;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Short sentences take the scores of relative positions where they are, long ones gather them
 * (DeBERTa); sentences without a classifier subword have no segments (XLNet). {@link
 * FamilyGoldenTest}, whose batch has long ones with it, holds the other way to Transformers.
 */
class PositionScoresTest {
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"deberta-v2", "deberta-v2-conv", "mpnet", "xlnet"})
  void shouldGiveShortSentencesTheSameAloneAsBesideLongOnes(String name) {
    try (FamilyFixture fixture = FamilyFixture.open(name);
        CheckpointFolder checkpoint = CheckpointFolder.open(fixture.folder());
        Encoder encoder = Encoders.load(checkpoint)) {
      long[] sentence = fixture.sentences().getFirst().ids();
      for (int length = 1; length < 5; length++) {
        long[] cut = Arrays.copyOf(sentence, length);
        // when
        float[] beside = states(encoder, length, cut, sentence);
        // then
        assertThat(difference(states(encoder, length, cut), beside)).isLessThan(TOLERANCE);
        long[] other = Arrays.copyOfRange(sentence, 1, length + 2);
        assertThat(difference(states(encoder, length, cut, other), beside)).isLessThan(TOLERANCE);
      }
    }
  }

  /** Of the first sentence of a batch, all layers. */
  private static float[] states(Encoder encoder, int length, long[]... batch) {
    try (NDManager manager = TorchEngine.newManager()) {
      NDList states = encoder.hiddenStates(manager, new WordBatch(batch, new WordBatch.Word[0]));
      NDList first = new NDList();
      states.forEach(layer -> first.add(layer.get("0, :" + length).flatten()));
      return NDArrays.concat(first).toFloatArray();
    }
  }

  private static double difference(float[] a, float[] b) {
    assertThat(a).hasSameSizeAs(b);
    double most = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = Math.abs((double) a[i] - b[i]);
      most = Double.isNaN(difference) ? Double.NaN : Math.max(most, difference);
    }
    return most;
  }
}
