package io.salient.lca.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.drift.RankingChange.Outcome;
import io.salient.lca.ranking.RankingMethod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The thin set of {@link DriftSimulationTest}: fewer corpora, the cells that matter most. */
class SimulatedDriftTest {
  private static final int CORPORA = 40;
  private static final int SPLITS = 5;

  @ParameterizedTest
  @CsvSource({
    "LCA, 0.6",
    "LCA, 1",
    "LCA, 1.5",
    "CONTRIBUTION, 0.6",
    "CONTRIBUTION, 1",
    "CONTRIBUTION, 1.5"
  })
  void shouldNotCallNoiseADriftHoweverMuchThereIsOfIt(RankingMethod method, double noise) {
    SimulatedCell cell = cell(method, noise, 0);

    assertThat(cell.share(Outcome.MOVED)).isZero();
    assertThat(cell.missedBelow()).isLessThanOrEqualTo(.06);
    assertThat(cell.missedAbove()).isLessThanOrEqualTo(.06);
    assertThat(cell.relocated()).isLessThanOrEqualTo(.1);
    assertThat(cell.labelsMoved(0, SimulatedCorpora.LABELS)).isLessThanOrEqualTo(.01);
  }

  @ParameterizedTest
  @EnumSource(names = {"LCA", "CONTRIBUTION"})
  void shouldSayStableMostOftenWhereNothingDrifted(RankingMethod method) {
    assertThat(cell(method, 1, 0).share(Outcome.STABLE)).isGreaterThan(.5);
  }

  @ParameterizedTest
  @CsvSource({"LCA, .38", "CONTRIBUTION, .38"})
  void shouldSayMovedWhereSevenTenthsAreLeft(RankingMethod method, double roles) {
    SimulatedCell cell = cell(method, 1, roles);

    assertThat(cell.rho()).isBetween(.65, .75);
    assertThat(cell.share(Outcome.MOVED)).isGreaterThanOrEqualTo(.85);
  }

  private static SimulatedCell cell(RankingMethod method, double noise, double roles) {
    return SimulatedCell.of(
        new SimulatedCorpora(SPLITS, method), SimulatedCorpora.Cell.of(noise, roles), CORPORA);
  }
}
