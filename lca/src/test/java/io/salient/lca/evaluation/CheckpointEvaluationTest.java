package io.salient.lca.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.Split;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.FitCancelledException;
import io.salient.lca.probe.FitProgress;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.ranking.RankingMethod;
import io.salient.torch.TorchEngine;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CheckpointEvaluationTest {
  private static final EvaluationSettings FULL = EvaluationSettings.of(Analysis.FULL);

  private final PlantedStudy study = PlantedStudy.make(3);

  @BeforeAll
  static void start() {
    TorchEngine.start();
  }

  @Test
  void shouldFindEverythingOnPlantedData() {
    CheckpointEvaluation.Result result = study.evaluate(FULL, study.labels());

    Findings findings = result.findings().get("planted");
    assertThat(result.findings()).containsOnlyKeys("planted");
    Selectivity selectivity = findings.selectivity().orElseThrow();
    assertThat(selectivity.accuracy()).isGreaterThan(0.95);
    assertThat(selectivity.control()).isLessThan(0.6); // words say nothing of these activations
    assertThat(selectivity.draws()).isEqualTo(5);
    Selectivity.OnSeenTypes seen = selectivity.seen().orElseThrow(); // 50 types: all were seen
    assertThat(seen.accuracy()).isCloseTo(selectivity.accuracy(), within(1e-6));
    assertThat(seen.control()).isCloseTo(selectivity.control(), within(1e-6));
    assertThat(findings.ablation()).hasSize(6);
    assertThat(findings.minimalSet().orElseThrow().size()).isBetween(2, 3);
    assertThat(findings.layerwise().get(0).orElseThrow()).isLessThan(0.5);
    assertThat(findings.layerwise().get(1).orElseThrow()).isGreaterThan(0.95);
    assertThat(findings.layerwise().get(2).orElseThrow()).isLessThan(0.5);
    assertThat(findings.topWords()).hasSize(20);
    assertThat(findings.topWords().getFirst().neuron()).isBetween(10, 12);
    assertThat(result.seconds().keySet())
        .containsExactlyInAnyOrder(
            Analysis.SELECTIVITY,
            Analysis.MASKING,
            Analysis.LAYERWISE,
            Analysis.MINIMAL_SET,
            Analysis.REDUNDANCY,
            Analysis.TOP_WORDS);
  }

  @Test
  void shouldFindTheSameAgain() {
    Findings once = study.evaluate(FULL, study.labels()).findings().get("planted");
    Findings again = study.evaluate(FULL, study.labels()).findings().get("planted");

    assertThat(again.selectivity()).isEqualTo(once.selectivity());
    assertThat(again.ablation()).isEqualTo(once.ablation());
    assertThat(again.minimalSet().orElseThrow())
        .usingRecursiveComparison()
        .isEqualTo(once.minimalSet().orElseThrow());
    assertThat(again.layerwise()).isEqualTo(once.layerwise());
    assertThat(again.topWords()).usingRecursiveComparison().isEqualTo(once.topWords());
  }

  @Test
  void shouldMaskByTheRuleThatRanksAndByThatOfThePaper() {
    // when
    Findings byLca = masked(RankingMethod.LCA);
    Findings byContribution = masked(RankingMethod.CONTRIBUTION);

    // then: 10 % are 3 neurons, the planted ones
    assertThat(byLca.lcaAblation()).isEmpty();
    assertThat(byContribution.lcaAblation()).isEqualTo(byLca.ablation());
    assertThat(byContribution.ablation()).hasSize(6);
    assertThat(byContribution.ablation().get(3).top()).isGreaterThan(0.95);
    assertThat(byLca.ablation().get(3).top()).isGreaterThan(0.95);
  }

  private Findings masked(RankingMethod method) {
    return study
        .evaluate(
            FitSettings.defaults().withMethod(method),
            EvaluationSettings.of(Set.of(Analysis.MASKING)),
            FitProgress.NONE,
            study.labels())
        .findings()
        .get("planted");
  }

  @Test
  void shouldDoNothingThatWasNotAskedFor() {
    Findings findings =
        study
            .evaluate(EvaluationSettings.of(Set.of(Analysis.MASKING)), study.labels())
            .findings()
            .get("planted");

    assertThat(findings.ablation()).hasSize(6);
    assertThat(findings.selectivity()).isEmpty();
    assertThat(findings.minimalSet()).isEmpty();
    assertThat(findings.layerwise()).isEmpty();
    assertThat(findings.topWords()).isEmpty();
  }

  @Test
  void shouldHaveNothingForAConceptWithOneLabel() {
    ConceptLabels single = PlantedStudy.labels("single", new int[PlantedStudy.WORDS]);

    CheckpointEvaluation.Result result = study.evaluate(FULL, study.labels(), single);

    assertThat(result.findings()).containsOnlyKeys("planted");
  }

  /** I15. */
  @Test
  void shouldHaveNothingForAConceptOfTenThousandLabels() {
    int[] codes = study.codes().clone();
    codes[0] = 9_999;
    ConceptLabels many = PlantedStudy.labels("many", codes);
    assertThat(many.labels()).hasSize(10_000);

    CheckpointEvaluation.Result result = study.evaluate(FULL, study.labels(), many);

    assertThat(result.findings()).containsOnlyKeys("planted");
  }

  @Test
  void shouldCountALabelSeenOnlyInTestAsWrong() {
    // given: a fourth label, on a tenth of the test words only
    EvaluationData data = study.data();
    int[] codes = study.codes().clone();
    int[] test = data.rowsOf(Split.TEST);
    for (int i = 0; i < test.length; i += 10) {
      codes[test[i]] = 3;
    }

    // when
    Findings findings =
        study.evaluate(FULL, PlantedStudy.labels("planted", codes)).findings().get("planted");

    // then: what is right is at most nine tenths, whatever is kept
    double accuracy = findings.selectivity().orElseThrow().accuracy();
    assertThat(accuracy).isBetween(0.85, 0.9);
    assertThat(findings.ablation().getLast().top()).isBetween(0.85, 0.9);
    assertThat(findings.layerwise().get(1).orElseThrow()).isBetween(0.85, 0.9);
    assertThat(findings.minimalSet().orElseThrow().devAccuracy()).isGreaterThan(0.95);
  }

  @Test
  void shouldBearConstantAndDuplicatedColumns() {
    // given: a constant layer, and each planted neuron twice in the last one
    for (int d = 0; d < 10; d++) {
      study.with(d, word -> 3.25);
    }
    for (int c = 0; c < PlantedStudy.LABELS; c++) {
      int planted = PlantedStudy.FIRST + c;
      study.with(20 + c, word -> study.values()[word][planted]);
    }

    // when
    Findings findings = study.evaluate(FULL, study.labels()).findings().get("planted");

    // then: nothing to learn from what is constant, and the copies are a disjoint set
    assertThat(findings.layerwise().get(0).orElseThrow()).isLessThan(0.5);
    assertThat(findings.layerwise().get(1)).isEqualTo(findings.layerwise().get(2));
    MinimalSet set = findings.minimalSet().orElseThrow();
    assertThat(Arrays.stream(set.neurons())).allMatch(neuron -> neuron >= 10);
    assertThat(set.testAccuracy().orElseThrow()).isGreaterThan(0.95);
    assertThat(findings.topWords())
        .allSatisfy(
            words ->
                assertThat(words.words()).allSatisfy(word -> assertThat(word.score()).isFinite()));
  }

  @Test
  void shouldEvaluateWithoutTestWords() {
    EvaluationData data = study.data();
    int[] codes = study.codes().clone();
    Arrays.setAll(codes, word -> data.split().part(word) == Split.TEST ? -1 : codes[word]);

    Findings findings =
        study.evaluate(FULL, PlantedStudy.labels("planted", codes)).findings().get("planted");

    assertThat(findings.selectivity()).isEmpty();
    assertThat(findings.ablation()).isEmpty();
    assertThat(findings.layerwise()).containsOnly(OptionalDouble.empty());
    assertThat(findings.minimalSet().orElseThrow().testAccuracy()).isEmpty();
    assertThat(findings.minimalSet().orElseThrow().devAccuracy()).isGreaterThan(0.95);
  }

  @Test
  void shouldReportProgressAndEndWhenNobodyWaits() {
    AtomicInteger calls = new AtomicInteger();
    double[] last = {0};
    FitProgress all =
        (phase, fraction) -> {
          calls.incrementAndGet();
          assertThat(phase).isEqualTo(FitProgress.Phase.ANALYSE);
          assertThat(fraction).isBetween(last[0], 1.0);
          last[0] = fraction;
          return true;
        };
    study.evaluate(FULL, all, study.labels());
    assertThat(calls.get()).isGreaterThan(20);

    for (int end : new int[] {1, 5, calls.get() / 2, calls.get() - 1}) {
      AtomicInteger left = new AtomicInteger(end);
      assertThatThrownBy(
              () ->
                  study.evaluate(
                      FULL, (phase, fraction) -> left.getAndDecrement() > 0, study.labels()))
          .isInstanceOf(FitCancelledException.class);
    }
  }

  @Test
  void shouldDrawAsManyControlsOfEachConceptAsAreAskedFor() {
    assertThat(CheckpointEvaluation.controls(List.of(study.labels()), study.data(), FULL))
        .hasSize(FULL.controlDraws());
  }
}
