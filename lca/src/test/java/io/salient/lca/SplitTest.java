package io.salient.lca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
  @Test
  void shouldKeepSentencesWholeAndTheShares() {
    // given
    int[] starts = IntStream.range(0, 10_000).map(s -> 3 * s).toArray();

    // when
    Split split = Split.bySentence(starts, 30_000);

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
    Split whole = Split.bySentence(starts, 300);
    Split half = Split.bySentence(IntStream.range(0, 50).map(s -> 3 * s).toArray(), 150);

    // then
    for (int word = 0; word < 150; word++) {
      assertThat(half.part(word)).isEqualTo(whole.part(word));
    }
  }

  @Test
  void shouldRefuseSentencesOutOfOrder() {
    assertThatThrownBy(() -> Split.bySentence(new int[] {0, 9, 4}, 12))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sentence 1");
  }
}
