package io.salient.extractor.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.salient.extractor.TinyCheckpoint;
import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.model.Encoder;
import io.salient.extractor.model.Encoders;
import io.salient.extractor.model.WordBatch;
import io.salient.schemas.avro.Aggregation;
import io.salient.schemas.avro.Encoding;
import io.salient.torch.TorchEngine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerChoiceTest {
  @TempDir Path folder;

  @Test
  void shouldGiveTheModelsOwnNumbersAndTheVectorsOfThoseLayers() {
    try (CheckpointFolder checkpoint =
            CheckpointFolder.open(TinyCheckpoint.random(1).write(folder));
        Encoder encoder = Encoders.load(checkpoint);
        NDManager manager = TorchEngine.newManager()) {
      // given: layers 0 to 2
      int[] layers = new LayerChoice(List.of(-1, 0, 2)).of(encoder);
      WordBatch batch =
          new WordBatch(
              new long[][] {{1, 3, 4, 2}}, new WordBatch.Word[] {new WordBatch.Word(0, 1, 2)});
      int hidden = TinyCheckpoint.HIDDEN;
      // when
      NDArray all = encoder.words(manager, batch, Aggregation.LAST);
      NDArray some = encoder.words(manager, batch, Aggregation.LAST, layers);
      // then
      assertThat(layers).containsExactly(0, 2);
      assertThat(LayerChoice.ALL.of(encoder)).containsExactly(0, 1, 2);
      assertThat(some.get(":, :" + hidden).toFloatArray())
          .containsExactly(all.get(":, :" + hidden).toFloatArray());
      assertThat(some.get(":, " + hidden + ":").toFloatArray())
          .containsExactly(all.get(":, " + 2 * hidden + ":").toFloatArray());
      assertThatThrownBy(() -> new LayerChoice(List.of(3)).of(encoder))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContainingAll("salient.extractor.layers", "layer 3", "bert", "0 to 2");
    }
  }

  @Test
  void shouldRefuseWhatIsTooLargeAndSayWhatWouldFit() {
    // given: 13 layers, 4 bytes each value
    ExtractionEstimate estimate = ExtractionEstimate.of(25_000, 9_984, Encoding.FLOAT32);
    // when, then
    estimate.requireAtMost(998_400_000, 13);
    assertThatThrownBy(() -> estimate.requireAtMost(500_000_000, 13))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContainingAll(
            "25,000 words x 9,984 neurons",
            "498.4 MB over the limit",
            "salient.extractor.max-bytes-per-checkpoint or --max-bytes",
            "6 of these 13");
  }
}
