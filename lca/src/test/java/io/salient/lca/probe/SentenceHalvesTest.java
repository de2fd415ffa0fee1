package io.salient.lca.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.Split;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SentenceHalvesTest {
  private static final int WORDS = 20_000;
  private static final int[] STARTS = IntStream.range(0, WORDS / 10).map(s -> 10 * s).toArray();

  private final SentenceHalves halves = SentenceHalves.of(STARTS, WORDS);

  @Test
  void shouldPutWholeSentencesIntoOneHalf() {
    for (int word = 0; word < WORDS; word++) {
      assertThat(halves.isFirst(word, 3)).isEqualTo(halves.isFirst(word - word % 10, 3));
    }
  }

  @Test
  void shouldCutEveryPartInHalfAndSplitsIndependently() {
    // given
    Split split = Split.bySentence(STARTS, WORDS);
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
