package io.salient.lca.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProportionTest {
  @Test
  void shouldGiveTheIntervalsOfThePaper() {
    // given: Newcombe 1998, table I: 81 of 263, score method without continuity correction
    Proportion share = new Proportion(81, 263);

    // when, then
    assertThat(share.low()).isCloseTo(0.2553, within(5e-5));
    assertThat(share.high()).isCloseTo(0.3662, within(5e-5));
  }

  @Test
  void shouldStayBetweenZeroAndOneAtTheEnds() {
    assertThat(new Proportion(0, 20).low()).isZero();
    assertThat(new Proportion(0, 20).high()).isCloseTo(0.1611, within(5e-5));
    assertThat(new Proportion(29, 29).high()).isEqualTo(1);
    assertThat(new Proportion(0, 0).low()).isZero();
    assertThat(new Proportion(0, 0).high()).isEqualTo(1);
  }

  @Test
  void shouldGiveTheIntervalOfADifferenceOfThePaper() {
    // given: Newcombe 1998, part II, table II: 56/70 - 48/80, method 10: 0.0524 to 0.3339
    Proportion before = new Proportion(56, 70);
    Proportion after = new Proportion(48, 80);

    // when, then
    assertThat(before.leastDropTo(after)).isCloseTo(0.0524, within(5e-5));
    assertThat(before.leastDropTo(new Proportion(0, 0))).isEqualTo(-1);
  }

  @Test
  void shouldRefuseMoreThanTheWhole() {
    assertThatThrownBy(() -> new Proportion(3, 2)).isInstanceOf(IllegalArgumentException.class);
  }
}
