package io.salient.extractor.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.tokenization.Subwords;
import io.salient.extractor.tokenization.WordTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Truth from another runtime, for every family: subwords, word alignments and hidden states of all
 * layers as the Transformers library has them.
 *
 * <p>{@code -Dsalient.family-errors=FILE} writes the largest error of each as a table.
 */
class FamilyGoldenTest {
  private static final double TOLERANCE = 1e-4;

  private static final Map<String, Double> ERRORS = new TreeMap<>();

  static List<String> fixtures() {
    return FamilyFixture.names();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fixtures")
  void shouldCutWordsIntoTheSameSubwords(String name) {
    try (FamilyFixture fixture = FamilyFixture.open(name);
        CheckpointFolder checkpoint = CheckpointFolder.open(fixture.folder());
        WordTokenizer tokenizer = WordTokenizer.load(checkpoint.tokenizer())) {
      for (FamilyFixture.Sentence sentence : fixture.sentences()) {
        // when
        Subwords tokenized = tokenizer.tokenize(sentence.words());
        int before = tokenized.before().length;
        // then
        assertThat(tokenized.all()).as("%s", sentence.words()).containsExactly(sentence.ids());
        assertThat(moved(tokenized.first(), before))
            .as("%s", sentence.words())
            .containsExactly(sentence.first());
        assertThat(moved(tokenized.last(), before))
            .as("%s", sentence.words())
            .containsExactly(sentence.last());
      }
    }
  }

  private static int[] moved(int[] positions, int before) {
    return Arrays.stream(positions).map(at -> at < 0 ? at : at + before).toArray();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fixtures")
  void shouldGiveTheSameHiddenStatesOnEveryLayerWhateverThePadding(String name) {
    // given
    try (FamilyFixture fixture = FamilyFixture.open(name);
        CheckpointFolder checkpoint = CheckpointFolder.open(fixture.folder());
        Encoder encoder = Encoders.load(checkpoint)) {
      // when
      double worst = fixture.largestError(encoder);
      // then
      assertThat(encoder.layers()).isEqualTo(fixture.layers());
      assertThat(encoder.hiddenSize()).isEqualTo(fixture.hiddenSize());
      ERRORS.put(name, worst);
      assertThat(worst).isLessThanOrEqualTo(TOLERANCE);
    }
  }

  @Test
  void shouldHaveAFixtureOfEveryFamily() {
    assertThat(fixtures().stream().map(name -> name.replaceFirst("-(?!roberta|v2).*", "")))
        .containsAll(Encoders.SUPPORTED);
  }

  @AfterAll
  static void writeTable() throws IOException {
    String file = System.getProperty("salient.family-errors");
    if (file != null) {
      String rows =
          ERRORS.entrySet().stream()
              .map(entry -> "| %s | %.1e |%n".formatted(entry.getKey(), entry.getValue()))
              .collect(Collectors.joining());
      Files.writeString(Path.of(file), "| fixture | largest error |\n|---|---|\n" + rows);
    }
  }
}
