package io.salient.lca.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.LayerMap;
import io.salient.lca.SentenceGroups;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.FitProgress;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.probe.PlantedData;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LambdaSearchTest {
  private static final FitSettings SETTINGS = FitSettings.defaults().withMinLabelCount(5);
  private static final PlantedData DATA = PlantedData.make(600, 40, 4, 1);
  private static final List<Double> SHARES = new ArrayList<>();

  /** One search that several tests look at: it takes most of the time. */
  private static List<LambdaSearch.Cell> cells;

  @BeforeAll
  static void searchOnce() {
    cells = search(List.of(DATA.labels()), (phase, share) -> SHARES.add(share)).get("planted");
  }

  @Test
  void shouldScoreTheSettingsAndTheWholeGridByThePapersFormula() {
    assertThat(cells).hasSize(1 + 49);
    assertThat(cells.getFirst().l1()).isEqualTo(SETTINGS.l1());
    assertThat(cells.getFirst().l2()).isEqualTo(SETTINGS.l2());
    Map<List<Double>, LambdaSearch.Cell> byPenalties = new HashMap<>();
    cells.forEach(cell -> byPenalties.put(List.of(cell.l1(), cell.l2()), cell));
    assertThat(byPenalties).hasSize(1 + 49);
    double withoutPenalty = byPenalties.get(List.of(0.0, 0.0)).accuracy();
    double majority = DATA.fit(SETTINGS).evaluation().devMajority();
    assertThat(cells).anyMatch(cell -> cell.bottom() < majority);
    for (LambdaSearch.Cell cell : cells) {
      double bottom = Math.max(cell.bottom(), majority);
      assertThat(cell.score())
          .isCloseTo(
              0.5 * (cell.top() - bottom) - 0.5 * (withoutPenalty - cell.accuracy()),
              within(1e-12));
    }
  }

  @Test
  void shouldTellHowMuchOfTheGridIsDone() {
    assertThat(SHARES).isSorted().last().satisfies(last -> assertThat(last).isBetween(0.9, 1.0));
  }

  @Test
  void shouldScoreAProbeHighestWhoseFirstNeuronsCarryTheConcept() {
    // when
    LambdaSearch.Cell best =
        cells.stream().max(Comparator.comparingDouble(LambdaSearch.Cell::score)).orElseThrow();

    // then
    assertThat(best.l1()).isPositive();
    assertThat(best.top()).isGreaterThan(0.9);
    assertThat(best.bottom()).isLessThan(0.5);
  }

  @Test
  void shouldReachTheOptimaOfFitsFromZeroInFewerEvaluations() {
    // given
    List<LambdaSearch.Cell> warm = cells.stream().filter(cell -> cell.l1() >= 1e-4).toList();

    // when
    List<FitResult.Fitted> cold =
        warm.parallelStream()
            .map(cell -> DATA.fit(SETTINGS.withPenalties(cell.l1(), cell.l2())))
            .toList();

    // then
    for (int i = 0; i < warm.size(); i++) {
      assertThat(warm.get(i).accuracy())
          .isCloseTo(cold.get(i).evaluation().devAccuracy().orElseThrow(), within(0.02));
    }
    assertThat(warm.stream().mapToInt(LambdaSearch.Cell::evaluations).sum())
        .isLessThan(cold.stream().mapToInt(fit -> fit.certificate().evaluations()).sum());
  }

  @Test
  void shouldLeaveOutAConceptThatCannotBeFitted() {
    // given
    ConceptLabels single = new ConceptLabels("single", List.of("all"), new int[600]);

    // then
    assertThat(search(List.of(single), FitProgress.NONE)).isEmpty();
  }

  private static Map<String, List<LambdaSearch.Cell>> search(
      List<ConceptLabels> concepts, FitProgress progress) {
    try (Arena arena = Arena.ofShared()) {
      return LambdaSearch.run(
          new EvaluationData(
              DATA.matrix(),
              DATA.rows(),
              DATA.split(),
              new LayerMap(1, DATA.matrix().width()),
              SentenceGroups.byPosition(new int[] {0}, DATA.matrix().rows()),
              row -> "word" + row),
          concepts,
          SETTINGS,
          bytes -> arena.allocate(bytes, 64),
          progress);
    }
  }
}
