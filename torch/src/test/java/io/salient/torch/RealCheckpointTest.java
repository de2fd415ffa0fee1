package io.salient.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints as the Transformers Trainer writes them. */
class RealCheckpointTest {
  private static final Path RUN =
      Path.of(System.getProperty("salient.shared", "../../shared")).resolve("runs/bert-genre");

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 60, 150, 300, 500})
  void shouldReadACheckpointOfTheTrainer(int step) throws IOException {
    // given
    Path folder = checkpoint(step);
    byte[] file = Files.readAllBytes(folder.resolve("model.safetensors"));

    try (NDManager manager = TorchEngine.newManager();
        SafetensorsFolder weights = SafetensorsFolder.open(folder)) {
      // when
      NDArray words = weights.load(manager, "bert.embeddings.word_embeddings.weight");

      // then
      assertThat(words.getShape()).isEqualTo(new Shape(6_000, 128));
      assertThat(words.square().mean().sqrt().getFloat()).isBetween(0.01f, 1f);
      assertThat(weights.firstNonFinite(manager)).isEmpty();
      assertThat(weights.sha256())
          .isEqualTo(HexFormat.of().formatHex(WeightsHash.sha256().digest(file)));
    }
  }

  @Test
  void shouldRefuseACheckpointThatIsStillBeingWritten() throws IOException {
    byte[] file = Files.readAllBytes(checkpoint(500).resolve("model.safetensors"));
    Path growing = Files.createTempFile("growing", ".safetensors");
    try {
      for (int size : new int[] {0, 7, 8, 1_000, file.length / 2, file.length - 1}) {
        Files.write(growing, java.util.Arrays.copyOf(file, size));
        assertThat(code(growing)).isEqualTo(SafetensorsException.TRUNCATED);
      }
    } finally {
      Files.delete(growing);
    }
  }

  private static String code(Path file) {
    try (SafetensorsFile open = SafetensorsFile.open(file)) {
      return "accepted " + open.size() + " bytes";
    } catch (SafetensorsException e) {
      return e.code();
    }
  }

  private static Path checkpoint(int step) {
    Path folder = RUN.resolve("checkpoint-" + step);
    boolean there = Files.isDirectory(folder);
    if (!there) {
      System.out.println("SKIPPED: no " + folder.toAbsolutePath().normalize());
    }
    assumeTrue(there, () -> "no " + folder);
    return folder;
  }
}
