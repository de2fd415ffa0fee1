package io.salient.lca.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.SentenceGroups;
import io.salient.lca.Split;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SentenceHalvesTest {
  private static final int WORDS = 20_000;
  private static final SentenceGroups SENTENCES =
      SentenceGroups.byPosition(IntStream.range(0, WORDS / 10).map(s -> 10 * s).toArray(), WORDS);

  private final SentenceHalves halves = SentenceHalves.of(SENTENCES);

  @Test
  void shouldPutWholeSentencesIntoOneHalf() {
    for (int word = 0; word < WORDS; word++) {
      assertThat(halves.isFirst(word, 3)).isEqualTo(halves.isFirst(word - word % 10, 3));
    }
  }

  @Test
  void shouldCutEveryPartInHalfAndSplitsIndependently() {
    // given
    Split split = Split.byGroup(SENTENCES);
    int[] train = split.rowsOf(Split.TRAIN, IntStream.range(0, WORDS).toArray());

    // when
    double first = share(train, 0);
    double both =
        Arrays.stream(train).filter(w -> halves.isFirst(w, 0) && halves.isFirst(w, 1)).count()
            / (double) train.length;

    // then: 1,400 sentences, so a deviation is 0.013
    assertThat(first).isBetween(0.45, 0.55);
    assertThat(both).isBetween(0.2, 0.3);
  }

  private double share(int[] words, int split) {
    return Arrays.stream(words).filter(word -> halves.isFirst(word, split)).count()
        / (double) words.length;
  }

  @Test
  void shouldPutWholeGroupsIntoOneHalf() {
    // given: 90 sentences of two words in 30 groups, the third of each far from the others
    int[] starts = IntStream.range(0, 90).map(s -> 2 * s).toArray();
    int[] keys = IntStream.range(0, 90).map(s -> s < 60 ? s / 2 : s - 60).toArray();

    // when
    SentenceHalves grouped = SentenceHalves.of(SentenceGroups.of(starts, keys, 180));

    // then
    for (int group = 0; group < 30; group++) {
      boolean first = grouped.isFirst(4 * group, 2);
      assertThat(grouped.isFirst(4 * group + 2, 2)).isEqualTo(first);
      assertThat(grouped.isFirst(120 + 2 * group, 2)).isEqualTo(first);
    }
  }

  @Test
  void shouldCountTheSentencesOfAHalf() {
    // given: two words of each of the first 300 sentences
    int[] words = IntStream.range(0, 600).map(i -> 10 * (i / 2) + i % 2).toArray();

    // when
    int first = halves.sentences(words, 1, true);
    int second = halves.sentences(words, 1, false);

    // then
    assertThat(first + second).isEqualTo(300);
    assertThat(first).isBetween(120, 180);
  }
}
