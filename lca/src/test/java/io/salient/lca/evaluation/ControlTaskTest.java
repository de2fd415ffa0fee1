package io.salient.lca.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.ArrayMatrix;
import io.salient.lca.LayerMap;
import io.salient.lca.SentenceGroups;
import io.salient.lca.Split;
import io.salient.lca.probe.ConceptLabels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ControlTaskTest {
  private static final int WORDS = 20_000;

  /** Label 0 three times as often as label 1, label 2 among the test words only. */
  private final ConceptLabels concept =
      new ConceptLabels(
          "upos",
          List.of("A", "B", "C"),
          IntStream.range(0, WORDS).map(i -> i % 10 == 9 ? 2 : i % 4 == 3 ? 1 : 0).toArray());

  private final EvaluationData data = data(word -> "word" + word / 2);

  @Test
  void shouldGiveEveryWordTypeOneLabel() {
    ConceptLabels control = ControlTask.of(concept, data, 0, 7);

    Map<String, Integer> byType = new HashMap<>();
    for (int word = 0; word < WORDS; word++) {
      Integer before = byType.put(data.words().apply(word), control.codes()[word]);
      assertThat(before).isIn(null, control.codes()[word]);
    }
  }

  @Test
  void shouldDrawLabelsFromTheDistributionOfTheTrainWords() {
    ConceptLabels control = ControlTask.of(concept, data, 0, 7);

    double first = Arrays.stream(control.codes()).filter(code -> code == 0).count();
    double second = Arrays.stream(control.codes()).filter(code -> code == 1).count();
    assertThat(second / (first + second)).isBetween(0.2, 0.26); // 2 of 9
    assertThat(control.codes()).doesNotContain(2);
  }

  @Test
  void shouldDependOnSeedDrawAndWordAlone() {
    // given
    int[] codes = ControlTask.of(concept, data, 0, 7).codes();

    // then
    assertThat(ControlTask.of(concept, data, 0, 7).codes()).isEqualTo(codes);
    assertThat(ControlTask.of(concept, data, 1, 7).codes()).isNotEqualTo(codes);
    assertThat(ControlTask.of(concept, data, 0, 8).codes()).isNotEqualTo(codes);
    int[] later = ControlTask.of(concept, data(word -> "word" + (word + 2) / 2), 0, 7).codes();
    assertThat(Arrays.copyOf(later, WORDS - 2)).isEqualTo(Arrays.copyOfRange(codes, 2, WORDS));
  }

  @Test
  void shouldLeaveWordsWithoutALabelWithoutOne() {
    int[] codes = concept.codes().clone();
    codes[5] = -1;

    ConceptLabels control =
        ControlTask.of(new ConceptLabels("upos", concept.labels(), codes), data, 0, 7);

    assertThat(control.codes()[5]).isEqualTo(-1);
  }

  @Test
  void shouldHaveNothingToDrawFromWithoutALabelledTrainWord() {
    int[] codes = new int[WORDS];
    Arrays.setAll(codes, word -> data.split().part(word) == Split.TRAIN ? -1 : 0);

    ConceptLabels control =
        ControlTask.of(new ConceptLabels("upos", concept.labels(), codes), data, 0, 7);

    assertThat(control.codes()).containsOnly(-1);
  }

  @Test
  void shouldBeNamedAsNoConceptMayBe() {
    assertThat(ControlTask.of(concept, data, 2, 7).concept()).isEqualTo("upos#control-3");
    assertThat(ControlTask.is("upos#control-3")).isTrue();
    assertThat(ControlTask.is("upos-control-3")).isFalse();
  }

  private static EvaluationData data(IntFunction<String> words) {
    byte[] parts = new byte[WORDS];
    for (int word = 9; word < WORDS; word += 10) {
      parts[word] = Split.TEST;
    }
    return new EvaluationData(
        new ArrayMatrix(new float[WORDS][1]),
        IntStream.range(0, WORDS).toArray(),
        Split.of(parts),
        new LayerMap(1, 1),
        SentenceGroups.byPosition(new int[] {0}, WORDS),
        words);
  }
}
