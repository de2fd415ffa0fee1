package io.salient.lca.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SizeSearchTest {
  @Test
  void shouldFindEverySizeExactly() {
    for (int start : new int[] {1, 8, 1_000}) {
      for (int least = 1; least <= 100; least++) {
        int wanted = least;
        assertThat(SizeSearch.smallest(start, 100, n -> n >= wanted)).hasValue(wanted);
      }
    }
  }

  @Test
  void shouldAskFewTimesAndNeverTwice() {
    List<Integer> asked = new ArrayList<>();

    OptionalInt found =
        SizeSearch.smallest(
            8,
            9_984,
            n -> {
              asked.add(n);
              return n >= 499;
            });

    assertThat(found).hasValue(499);
    assertThat(asked).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(16);
    assertThat(asked).allMatch(n -> n <= 512); // large sets are dear
  }

  @Test
  void shouldSayWhenNotEvenTheLargestIsEnough() {
    assertThat(SizeSearch.smallest(8, 640, n -> false)).isEmpty();
    assertThat(SizeSearch.smallest(8, 640, n -> n == 640)).hasValue(640);
    assertThat(SizeSearch.smallest(8, 1, n -> true)).hasValue(1);
  }
}
