package io.salient.lca.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.SentenceGroups;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupedAnswersTest {
  @Test
  void shouldCountBySentence() {
    // given: sentences of words 0-2, none, 3-4, 5-9; the last has an answer the concept does not
    // know
    int[] starts = {0, 3, 3, 5};
    Answers answers =
        new Answers(
            new int[] {0, 2, 3, 5, 9}, new int[] {1, 1, 0, 1, 2}, new int[] {1, 0, 0, -1, 1});

    // when
    GroupedAnswers groups = GroupedAnswers.of(answers, SentenceGroups.byPosition(starts, 10), 1);

    // then
    assertThat(groups.sentences()).containsExactly(0, 2, 3);
    assertThat(groups.words()).containsExactly(2, 1, 2);
    assertThat(groups.right()).containsExactly(1, 1, 0);
    assertThat(groups.majority()).containsExactly(2, 0, 1);
  }

  @Test
  void shouldCountByDocumentWhereverItsSentencesStand() {
    // given: sentences of two words, of documents 7, 7, 3, 7
    SentenceGroups sentences = SentenceGroups.of(new int[] {0, 2, 4, 6}, new int[] {7, 7, 3, 7}, 8);
    Answers answers =
        new Answers(
            new int[] {1, 2, 4, 5, 7}, new int[] {0, 1, 1, 1, 0}, new int[] {0, 1, 1, 0, 1});

    // when
    GroupedAnswers groups = GroupedAnswers.of(answers, sentences, 0);

    // then
    assertThat(groups.sentences()).containsExactly(0, 2);
    assertThat(groups.words()).containsExactly(3, 2);
    assertThat(groups.right()).containsExactly(2, 1);
    assertThat(groups.majority()).containsExactly(2, 0);
  }

  @Test
  void shouldPutSuccessiveSentencesTogetherWhereThereAreVeryMany() {
    // given: 2,500 sentences of one word, every third unanswered
    int[] starts = IntStream.range(0, 2_500).toArray();
    int[] words = IntStream.of(starts).filter(word -> word % 3 > 0).toArray();
    Answers answers = new Answers(words, new int[words.length], new int[words.length]);

    // when
    GroupedAnswers groups = GroupedAnswers.of(answers, SentenceGroups.byPosition(starts, 2_500), 0);

    // then
    assertThat(groups.sentences()).hasSizeLessThanOrEqualTo(GroupedAnswers.MOST).startsWith(1, 4);
    assertThat(Arrays.stream(groups.words()).sum()).isEqualTo(words.length);
    assertThat(groups.right()).isEqualTo(groups.words());
  }

  @Test
  void shouldHaveNoGroupsWithoutAnswers() {
    SentenceGroups sentences = SentenceGroups.byPosition(new int[] {0, 4}, 6);

    assertThat(GroupedAnswers.of(Answers.NONE, sentences, 0).words()).isEmpty();
  }
}
