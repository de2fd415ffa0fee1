package io.salient.lca.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.SentenceGroups;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswersByLabelTest {
  @Test
  void shouldCountEachLabelByGroup() {
    // given: sentences of words 0-2, none, 3-4, 5-9; the last word is said to be none of the labels
    SentenceGroups sentences = SentenceGroups.byPosition(new int[] {0, 3, 3, 5}, 10);
    Answers answers =
        new Answers(
            new int[] {0, 2, 3, 5, 9}, new int[] {1, 1, 0, 1, 2}, new int[] {1, 0, 0, 1, -1});

    // when
    AnswersByLabel labels = AnswersByLabel.of(answers, sentences, new int[] {0, 1});

    // then
    assertThat(labels.groupSize()).isEqualTo(1);
    AnswersByLabel.OfLabel zero = labels.labels().get(0);
    assertThat(zero.label()).isZero();
    assertThat(zero.present()).containsExactly(0, 1, 0);
    assertThat(zero.right()).containsExactly(0, 1, 0);
    assertThat(zero.said()).containsExactly(1, 1, 0);
    AnswersByLabel.OfLabel one = labels.labels().get(1);
    assertThat(one.present()).containsExactly(2, 0, 1);
    assertThat(one.right()).containsExactly(1, 0, 1);
    assertThat(one.said()).containsExactly(1, 0, 1);
  }

  @Test
  void shouldCountSentencesThatAreAlikeTogether() {
    // given: the first and the third sentence are the same
    SentenceGroups sentences = SentenceGroups.of(new int[] {0, 1, 2}, new int[] {7, 8, 7}, 3);
    int[] codes = {0, 0, 0};

    // when
    AnswersByLabel labels =
        AnswersByLabel.of(new Answers(new int[] {0, 1, 2}, codes, codes), sentences, new int[] {0});

    // then
    assertThat(labels.labels().getFirst().present()).containsExactly(2, 1);
  }

  @Test
  void shouldTakeGroupsTogetherWhereThereAreManyLabels() {
    // given: 2,500 sentences of one word, in a thousand groups or fewer; 150 labels
    int[] words = IntStream.range(0, 2_500).toArray();
    int[] codes = IntStream.of(words).map(word -> word % 150).toArray();
    Answers answers = new Answers(words, codes, codes);
    SentenceGroups sentences = SentenceGroups.byPosition(words, words.length);

    // when
    AnswersByLabel labels =
        AnswersByLabel.of(answers, sentences, IntStream.range(0, 150).toArray());

    // then
    int count = labels.labels().getFirst().present().length;
    assertThat(150 * count).isLessThanOrEqualTo(AnswersByLabel.MOST);
    assertThat(count).isGreaterThan(40);
    assertThat(labels.labels())
        .allSatisfy(
            label -> {
              assertThat(label.right()).isEqualTo(label.present()).isEqualTo(label.said());
              assertThat(label.present()).hasSize(count);
            });
    assertThat(labels.labels().stream().mapToInt(l -> Arrays.stream(l.present()).sum()).sum())
        .isEqualTo(2_500);
  }

  @Test
  void shouldHaveNoGroupsWithoutAnswers() {
    SentenceGroups sentences = SentenceGroups.byPosition(new int[] {0, 4}, 8);

    AnswersByLabel labels = AnswersByLabel.of(Answers.NONE, sentences, new int[] {0});

    assertThat(labels.labels().getFirst().present()).isEmpty();
  }
}
