package io.salient.lca.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelectivityTest {
  @Test
  void shouldGiveTheIntervalOfStudentsT() {
    Selectivity selectivity = Selectivity.of(0.9, new double[] {0.58, 0.6, 0.62}, Optional.empty());

    // sd 0.02, 3 draws, t(2) = 4.302653
    double half = 4.302653 * 0.02 / Math.sqrt(3);
    assertThat(selectivity.control()).isCloseTo(0.6, within(1e-12));
    assertThat(selectivity.mean()).isCloseTo(0.3, within(1e-12));
    assertThat(selectivity.low().orElseThrow()).isCloseTo(0.3 - half, within(1e-6));
    assertThat(selectivity.high().orElseThrow()).isCloseTo(0.3 + half, within(1e-6));
    assertThat(selectivity.draws()).isEqualTo(3);
  }

  @Test
  void shouldHaveNoIntervalWithOneDraw() {
    Selectivity selectivity = Selectivity.of(0.9, new double[] {0.6}, Optional.empty());

    assertThat(selectivity.low()).isEmpty();
    assertThat(selectivity.high()).isEmpty();
    assertThat(selectivity.mean()).isCloseTo(0.3, within(1e-12));
  }
}
