package io.salient.standalone.report.markup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void shouldWriteNumbersOfAPageWithADashWhereThereIsNone() {
    assertThat(Numbers.percent(0.9312)).isEqualTo("93.1\u00a0%");
    assertThat(Numbers.percent(null)).isEqualTo("–");
    assertThat(Numbers.fixed(Double.NaN, 2)).isEqualTo("–");
    assertThat(Numbers.fixed(-0.001, 2)).isEqualTo("0.00");
    assertThat(Numbers.fixed(-1.25, 2)).isEqualTo("−1.25");
    assertThat(Numbers.signed(0.004, 2)).isEqualTo("0.00");
    assertThat(Numbers.points(0.0314)).isEqualTo("+3.1");
    assertThat(Numbers.whole(-12_345)).isEqualTo("−12\u202f345");
    assertThat(Numbers.pixels(12.04)).isEqualTo("12");
  }

  @Test
  void shouldWriteNumbersOfTheTerminalInPlainCharacters() {
    assertThat(Numbers.plain(-0.5)).isEqualTo("-0.500");
    assertThat(Numbers.plain(2.0, 5)).isEqualTo("2.00000");
    assertThat(Numbers.plain(null)).isEqualTo("unknown");
  }
}
