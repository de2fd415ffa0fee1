package io.salient.extractor.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.schemas.avro.Aggregation;
import io.salient.torch.TorchEngine;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Some layers of a model are what they are among all, the last one with its final norm. */
class LayerChoiceTest {
  @ParameterizedTest
  @ValueSource(strings = {"albert", "gpt2", "modernbert", "mpnet", "xlnet"})
  void shouldGiveTheChosenLayersAsTheyAreAmongAll(String name) {
    try (FamilyFixture fixture = FamilyFixture.open(name);
        CheckpointFolder checkpoint = CheckpointFolder.open(fixture.folder());
        Encoder encoder = Encoders.load(checkpoint);
        NDManager manager = TorchEngine.newManager()) {
      long[][] ids =
          fixture.sentences().stream().map(FamilyFixture.Sentence::ids).toArray(long[][]::new);
      WordBatch.Word[] words = {new WordBatch.Word(0, 1, 3), new WordBatch.Word(1, 0, 1)};
      WordBatch batch = new WordBatch(ids, words);
      int h = encoder.hiddenSize();
      int top = encoder.layers() - 1;
      for (int[] layers : List.of(new int[] {0}, new int[] {1}, new int[] {0, top})) {
        for (Aggregation aggregation : Aggregation.values()) {
          NDArray all = encoder.words(manager, batch, aggregation);
          // when
          NDArray chosen = encoder.words(manager, batch, aggregation, layers);
          // then
          assertThat(chosen.getShape().getShape()).containsExactly(2, (long) layers.length * h);
          for (int i = 0; i < layers.length; i++) {
            assertThat(chosen.get(":, " + i * h + ":" + (i + 1) * h).toFloatArray())
                .containsExactly(
                    all.get(":, " + layers[i] * h + ":" + (layers[i] + 1) * h).toFloatArray());
          }
        }
      }
    }
  }
}
