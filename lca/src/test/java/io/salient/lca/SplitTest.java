package io.salient.lca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
  @Test
  void shouldKeepSentencesWholeAndTheShares() {
    // given
    int[] starts = IntStream.range(0, 10_000).map(s -> 3 * s).toArray();

    // when
    Split split = Split.byGroup(SentenceGroups.byPosition(starts, 30_000));

    // then
    int[] counts = new int[3];
    for (int s = 0; s < starts.length; s++) {
      assertThat(split.part(3 * s + 1)).isEqualTo(split.part(3 * s));
      assertThat(split.part(3 * s + 2)).isEqualTo(split.part(3 * s));
      counts[split.part(3 * s)]++;
    }
    assertThat(counts[Split.TRAIN] / 10_000.0).isCloseTo(0.7, within(0.02));
    assertThat(counts[Split.DEV] / 10_000.0).isCloseTo(0.1, within(0.02));
    assertThat(counts[Split.TEST] / 10_000.0).isCloseTo(0.2, within(0.02));
  }

  @Test
  void shouldNotDependOnWhatFollows() {
    // given
    int[] starts = IntStream.range(0, 100).map(s -> 3 * s).toArray();

    // when
    Split whole = Split.byGroup(SentenceGroups.byPosition(starts, 300));
    Split half = Split.byGroup(SentenceGroups.byPosition(Arrays.copyOf(starts, 50), 150));

    // then
    for (int word = 0; word < 150; word++) {
      assertThat(half.part(word)).isEqualTo(whole.part(word));
    }
  }

  @Test
  void shouldNeverPartAGroup() {
    // given: 1,000 sentences of two words; sentence i and sentence i + 500 are of one group
    int[] starts = IntStream.range(0, 1_000).map(s -> 2 * s).toArray();
    int[] keys = IntStream.range(0, 1_000).map(s -> 0x9E3779B9 * (s % 500)).toArray();

    // when
    Split split = Split.byGroup(SentenceGroups.of(starts, keys, 2_000));

    // then
    for (int word = 0; word < 1_000; word++) {
      assertThat(split.part(word + 1_000)).isEqualTo(split.part(word));
    }
  }

  @Test
  void shouldTakeFilesAsTheyAre() {
    // given: four sentences of two words
    SentenceGroups sentences = SentenceGroups.byPosition(new int[] {0, 2, 4, 6}, 8);

    // when
    Split split = Split.byFile(sentences, 2, 3);

    // then
    int[] all = IntStream.range(0, 8).toArray();
    assertThat(split.rowsOf(Split.TRAIN, all)).containsExactly(0, 1, 2, 3);
    assertThat(split.rowsOf(Split.DEV, all)).containsExactly(4, 5);
    assertThat(split.rowsOf(Split.TEST, all)).containsExactly(6, 7);
    assertThatThrownBy(() -> Split.byFile(sentences, 3, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 and 2 of 4");
  }

  @Test
  void shouldRefuseSentencesOutOfOrder() {
    assertThatThrownBy(() -> SentenceGroups.byPosition(new int[] {0, 9, 4}, 12))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sentence 1");
  }
}
