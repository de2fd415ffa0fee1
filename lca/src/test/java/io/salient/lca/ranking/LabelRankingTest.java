package io.salient.lca.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LabelRankingTest {
  @Test
  void shouldOrderByMagnitudeAndKeepTheSign() {
    // given
    LabelRanking label = LabelRanking.of(new float[] {1, -5, 0, 4});

    // then
    assertThat(label.size()).isEqualTo(3);
    assertThat(new int[] {label.neuronAt(0), label.neuronAt(1), label.neuronAt(2)})
        .containsExactly(1, 3, 0);
    assertThat(label.weightAt(0)).isEqualTo(-5);
    assertThat(label.massThrough(0)).isEqualTo(0.5);
    assertThat(label.massThrough(1)).isEqualTo(0.9, within(1e-15));
    assertThat(label.massThrough(2)).isEqualTo(1);
  }

  @Test
  void shouldFindTheShortestPrefixThatHoldsTheMass() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      // given
      float[] weights = new float[random.nextInt(1, 50)];
      for (int d = 0; d < weights.length; d++) {
        weights[d] = random.nextInt(-3, 4);
      }
      weights[0] = 1;
      LabelRanking label = LabelRanking.of(weights);
      double share = 1 - random.nextDouble();

      // when
      int size = label.massSetSize(share);

      // then
      assertThat(label.massThrough(size - 1)).isGreaterThanOrEqualTo(share - 1e-15);
      if (size > 1) {
        assertThat(label.massThrough(size - 2)).isLessThan(share);
      }
    }
  }

  @Test
  void shouldHaveNoMassSetWithoutWeights() {
    assertThat(LabelRanking.of(new float[3]).massSetSize(0.5)).isZero();
  }

  @Test
  void shouldHoldAllMassInTheNeuronsWithWeight() {
    assertThat(LabelRanking.of(new float[] {0, 2, 0, 1}).massSetSize(1)).isEqualTo(2);
  }

  @Test
  void shouldRefuseAShareThatIsNone() {
    LabelRanking label = LabelRanking.of(new float[] {1});
    assertThatThrownBy(() -> label.massSetSize(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> label.massSetSize(1.1)).isInstanceOf(IllegalArgumentException.class);
  }
}
