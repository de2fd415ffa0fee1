package io.salient.extractor.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.torch.TorchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Linear layers in bfloat16 against the Transformers library in float32: the root mean square of
 * the error of a layer, relative to that of its values, in the worst layer.
 *
 * <p>{@code -Dsalient.dtype-errors=FILE} writes that of each fixture as a table.
 */
class DtypeGoldenTest {
  private static final double BOUND = 0.02;

  private static final Map<String, Double> ERRORS = new TreeMap<>();

  static List<String> fixtures() {
    return FamilyFixture.supported();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fixtures")
  void shouldStayWithinTheStatedBoundInBfloat16(String name) {
    try (FamilyFixture fixture = FamilyFixture.open(name);
        CheckpointFolder checkpoint = CheckpointFolder.open(fixture.folder());
        Encoder encoder = Encoders.load(checkpoint, Dtype.BFLOAT16);
        NDManager manager = TorchEngine.newManager()) {
      List<FamilyFixture.Sentence> sentences = fixture.sentences();
      WordBatch batch =
          new WordBatch(
              sentences.stream().map(FamilyFixture.Sentence::ids).toArray(long[][]::new),
              new WordBatch.Word[0]);
      // when
      NDList states = encoder.hiddenStates(manager, batch);
      // then
      double worst = 0;
      for (int layer = 0; layer < states.size(); layer++) {
        double error = 0;
        double size = 0;
        for (int s = 0; s < sentences.size(); s++) {
          NDArray expected = fixture.hiddenStates(manager, s).get(layer);
          NDArray actual = states.get(layer).get(s).get(":" + expected.getShape().get(0));
          error += actual.sub(expected).square().sum().getFloat();
          size += expected.square().sum().getFloat();
        }
        worst = Math.max(worst, Math.sqrt(error / size));
      }
      ERRORS.put(name, worst);
      assertThat(worst).isLessThanOrEqualTo(BOUND).isGreaterThan(1e-5);
    }
  }

  @AfterAll
  static void writeTable() throws IOException {
    String file = System.getProperty("salient.dtype-errors");
    if (file != null) {
      String rows =
          ERRORS.entrySet().stream()
              .map(entry -> "| %s | %.4f |%n".formatted(entry.getKey(), entry.getValue()))
              .collect(Collectors.joining());
      Files.writeString(Path.of(file), "| fixture | bfloat16 error |\n|---|---|\n" + rows);
    }
  }
}
