package io.salient.lca.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.ArrayMatrix;
import io.salient.lca.LayerMap;
import io.salient.lca.SentenceGroups;
import io.salient.lca.Split;
import io.salient.lca.probe.Answers;
import io.salient.lca.probe.ConceptLabels;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeenTypesTest {
  /** Words 0 to 3 are for training, 4 to 7 for test. */
  private static final String[] WORDS = {"a", "b", "c", "d", "a", "x", "b", "c"};

  @Test
  void shouldCountOnlyWordsThatTrainingKnows() {
    // given: word 2, the only "c" to train on, has no label
    SeenTypes seen = SeenTypes.of(concept(0, 1, -1, 0, 0, 0, 1, 1), data());
    Answers own = answers(0, 1, 1, 1);
    Answers control = answers(0, 0, 0, 0);
    Answers other = answers(1, 0, 0, 0);

    // when
    Selectivity.OnSeenTypes measured = seen.measure(own, List.of(control, other)).orElseThrow();

    // then: of the test words "a" and "b" count
    assertThat(measured.words()).isEqualTo(2);
    assertThat(measured.accuracy()).isEqualTo(1);
    assertThat(measured.control()).isEqualTo(.25);
  }

  @Test
  void shouldHaveNothingToSayWithoutSuchWords() {
    SeenTypes none = SeenTypes.of(concept(-1, -1, -1, 0, 0, 0, 1, 1), data());

    assertThat(none.measure(answers(0, 0, 1, 1), List.of(answers(0, 0, 1, 1)))).isEmpty();
  }

  private static Answers answers(int... said) {
    return new Answers(new int[] {4, 5, 6, 7}, new int[] {0, 0, 1, 1}, said);
  }

  private static ConceptLabels concept(int... codes) {
    return new ConceptLabels("upos", List.of("N", "V"), codes);
  }

  private static EvaluationData data() {
    byte[] parts = {0, 0, 0, 0, Split.TEST, Split.TEST, Split.TEST, Split.TEST};
    return new EvaluationData(
        new ArrayMatrix(new float[WORDS.length][1]),
        IntStream.range(0, WORDS.length).toArray(),
        Split.of(parts),
        new LayerMap(1, 1),
        SentenceGroups.byPosition(new int[] {0}, WORDS.length),
        row -> WORDS[row]);
  }
}
