package io.salient.lca.probe.optimiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowSampleTest {
  @Test
  void shouldTakeAllRowsWhenThatManyAreWanted() {
    RowSample sample = RowSample.of(new float[] {0.2f, 0, 0.1f}, 3);

    assertThat(sample.rows()).containsExactly(0, 2);
    assertThat(sample.weights()).containsExactly(0.2f, 0.1f);
  }

  @Test
  void shouldKeepTheSumOfWeightsWithFewRows() {
    // given: many light rows, some heavy ones
    Random random = new Random(1);
    float[] all = new float[10_000];
    for (int i = 0; i < all.length; i++) {
      all[i] = random.nextInt(200) == 0 ? 0.25f : 1e-3f * random.nextFloat();
    }
    double sum = IntStream.range(0, all.length).mapToDouble(i -> all[i]).sum();

    // when
    RowSample sample = RowSample.of(all, 300);

    // then: every heavy row by itself, ascending
    double taken =
        IntStream.range(0, sample.rows().length).mapToDouble(i -> sample.weights()[i]).sum();
    assertThat(sample.rows().length).isBetween(280, 320);
    assertThat(sample.rows()).isSorted().doesNotHaveDuplicates();
    assertThat(taken).isCloseTo(sum, within(0.01 * sum));
    for (int i = 0; i < sample.rows().length; i++) {
      if (all[sample.rows()[i]] == 0.25f) {
        assertThat(sample.weights()[i]).isEqualTo(0.25f);
      }
    }
  }

  @Test
  void shouldTakeNothingWhereNothingWeighs() {
    assertThat(RowSample.of(new float[1_000], 10).rows()).isEmpty();
  }
}
