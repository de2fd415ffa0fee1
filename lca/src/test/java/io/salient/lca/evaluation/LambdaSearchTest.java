package io.salient.lca.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.LayerMap;
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
import org.junit.jupiter.api.Test;

class LambdaSearchTest {
  private static final FitSettings SETTINGS = FitSettings.defaults().withMinLabelCount(5);

  @Test
  void shouldScoreTheWholeGridByThePapersFormula() {
    // given
    PlantedData data = PlantedData.make(600, 40, 4, 1);
    List<Double> shares = new ArrayList<>();

    // when
    List<LambdaSearch.Cell> cells =
        search(data, List.of(data.labels()), (phase, share) -> shares.add(share)).get("planted");

    // then
    assertThat(cells).hasSize(49);
    Map<List<Double>, LambdaSearch.Cell> byPenalties = new HashMap<>();
    cells.forEach(cell -> byPenalties.put(List.of(cell.l1(), cell.l2()), cell));
    assertThat(byPenalties).hasSize(49);
    double withoutPenalty = byPenalties.get(List.of(0.0, 0.0)).accuracy();
    for (LambdaSearch.Cell cell : cells) {
      assertThat(cell.score())
          .isCloseTo(
              0.5 * (cell.top() - cell.bottom()) - 0.5 * (withoutPenalty - cell.accuracy()),
              within(1e-12));
    }
    assertThat(shares).isSorted().last().satisfies(last -> assertThat(last).isBetween(0.9, 1.0));
  }

  @Test
  void shouldChooseAProbeWhoseFirstNeuronsCarryTheConcept() {
    // given
    PlantedData data = PlantedData.make(600, 40, 4, 2);

    // when
    List<LambdaSearch.Cell> cells =
        search(data, List.of(data.labels()), FitProgress.NONE).get("planted");
    LambdaSearch.Cell best = LambdaSearch.best(cells).orElseThrow();

    // then
    assertThat(best.score())
        .isEqualTo(
            cells.stream()
                .max(Comparator.comparingDouble(LambdaSearch.Cell::score))
                .orElseThrow()
                .score());
    assertThat(best.l1()).isPositive();
    assertThat(best.top()).isGreaterThan(0.9);
    assertThat(best.bottom()).isLessThan(0.5);
  }

  @Test
  void shouldReachTheOptimaOfFitsFromZeroInFewerEvaluations() {
    // given
    PlantedData data = PlantedData.make(600, 40, 4, 3);

    // when
    List<LambdaSearch.Cell> cells =
        search(data, List.of(data.labels()), FitProgress.NONE).get("planted");

    // then
    int warm = 0;
    int cold = 0;
    for (LambdaSearch.Cell cell : cells) {
      if (cell.l1() >= 1e-4) {
        FitResult.Fitted alone = data.fit(SETTINGS.withPenalties(cell.l1(), cell.l2()));
        warm += cell.evaluations();
        cold += alone.certificate().evaluations();
        assertThat(cell.accuracy())
            .isCloseTo(alone.evaluation().devAccuracy().orElseThrow(), within(0.02));
      }
    }
    assertThat(warm).isLessThan(cold);
  }

  @Test
  void shouldLeaveOutAConceptThatCannotBeFitted() {
    // given
    PlantedData data = PlantedData.make(600, 40, 4, 4);
    ConceptLabels single = new ConceptLabels("single", List.of("all"), new int[600]);

    // then
    assertThat(search(data, List.of(single), FitProgress.NONE)).isEmpty();
  }

  private static Map<String, List<LambdaSearch.Cell>> search(
      PlantedData data, List<ConceptLabels> concepts, FitProgress progress) {
    try (Arena arena = Arena.ofShared()) {
      return LambdaSearch.run(
          new EvaluationData(
              data.matrix(),
              data.rows(),
              data.split(),
              new LayerMap(1, data.matrix().width()),
              new int[] {0},
              row -> "word" + row),
          concepts,
          SETTINGS,
          bytes -> arena.allocate(bytes, 64),
          progress);
    }
  }
}
