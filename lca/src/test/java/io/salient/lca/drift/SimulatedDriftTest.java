package io.salient.lca.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.drift.RankingChange.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The thin set of {@link DriftSimulationTest}: fewer corpora, the cells that matter most. */
class SimulatedDriftTest {
  private static final int CORPORA = 40;
  private static final SimulatedCorpora FIVE_SPLITS = new SimulatedCorpora(5);

  @ParameterizedTest
  @ValueSource(doubles = {0.6, 1, 1.5})
  void shouldNotCallNoiseADriftHoweverMuchThereIsOfIt(double noise) {
    SimulatedCell cell = cell(noise, 0);

    assertThat(cell.share(Outcome.MOVED)).isZero();
    assertThat(cell.missedBelow()).isLessThanOrEqualTo(.06);
    assertThat(cell.missedAbove()).isLessThanOrEqualTo(.06);
    assertThat(cell.relocated()).isLessThanOrEqualTo(.1);
    assertThat(cell.labelsMoved(0, SimulatedCorpora.LABELS)).isLessThanOrEqualTo(.01);
  }

  @Test
  void shouldSayStableMostOftenWhereNothingDrifted() {
    assertThat(cell(1, 0).share(Outcome.STABLE)).isGreaterThan(.5);
  }

  @Test
  void shouldSayMovedWhereSevenTenthsAreLeft() {
    SimulatedCell cell = cell(1, .38);

    assertThat(cell.rho()).isBetween(.65, .75);
    assertThat(cell.share(Outcome.MOVED)).isGreaterThanOrEqualTo(.85);
  }

  private static SimulatedCell cell(double noise, double roles) {
    return SimulatedCell.of(FIVE_SPLITS, SimulatedCorpora.Cell.of(noise, roles), CORPORA);
  }
}
