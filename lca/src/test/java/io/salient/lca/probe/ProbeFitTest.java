package io.salient.lca.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.Split;
import io.salient.lca.probe.optimiser.Certificate;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import smile.classification.LogisticRegression;

class ProbeFitTest {
  private static final FitSettings SETTINGS = FitSettings.defaults().withEnd(1e-4, 500);

  @Test
  void shouldAgreeWithAnIndependentSolver() {
    // given
    PlantedData data = PlantedData.make(300, 24, 3, 1);

    // when
    FitResult.Fitted result = data.fit(SETTINGS.withEnd(1e-5, 2_000));

    // then
    double minimum = new ReferenceSolver(data, SETTINGS.l1(), SETTINGS.l2()).minimum(20_000);
    assertThat(result.certificate().converged()).isTrue();
    assertThat(result.certificate().objective()).isCloseTo(minimum, within(1e-4 * minimum));
  }

  @Test
  void shouldGiveThePlantedNeuronTheLargestWeightOfItsLabel() {
    // given
    PlantedData data = PlantedData.make(2_000, 64, 5, 2);

    // when
    FitResult.Fitted result = data.fit(SETTINGS);

    // then
    assertThat(result.evaluation().accuracy().orElseThrow()).isGreaterThan(0.9);
    for (int c = 0; c < 5; c++) {
      float[] w = result.probe().weights()[c];
      int strongest = 0;
      for (int d = 0; d < w.length; d++) {
        strongest = Math.abs(w[d]) > Math.abs(w[strongest]) ? d : strongest;
      }
      assertThat(strongest).isEqualTo(PlantedData.PLANTED + 5 * c);
    }
  }

  @Test
  void shouldMakeExactZeros() {
    // given
    PlantedData data = PlantedData.make(1_000, 64, 3, 3);

    // when
    FitResult.Fitted result = data.fit(SETTINGS.withPenalties(1e-2, 1e-4));

    // then
    long zeros = 0;
    for (float weight : result.probe().weights()[0]) {
      zeros += weight == 0 ? 1 : 0;
    }
    assertThat(zeros).isGreaterThan(32);
  }

  @Test
  void shouldReachTheSameOptimumFromAWarmStartInFewerEvaluations() {
    // given
    PlantedData data = PlantedData.make(1_000, 48, 4, 4);
    FitResult.Fitted cold = data.fit(SETTINGS);

    // when
    FitResult.Fitted warm = data.fit(SETTINGS, Map.of("planted", cold.probe()));

    // then
    assertThat(warm.certificate().evaluations()).isLessThan(cold.certificate().evaluations() / 2);
    assertThat(warm.certificate().objective())
        .isCloseTo(cold.certificate().objective(), within(1e-4 * cold.certificate().objective()));
  }

  @Test
  void shouldGiveTheSameBytesTwice() {
    // given
    PlantedData data = PlantedData.make(3_000, 96, 6, 5);

    // when
    FitResult.Fitted first = data.fit(SETTINGS);
    FitResult.Fitted second = data.fit(SETTINGS);

    // then
    assertThat(second.probe().weights()).isDeepEqualTo(first.probe().weights());
    assertThat(second.probe().bias()).isEqualTo(first.probe().bias());
  }

  @Test
  void shouldNotDependOnTheConceptsThatRideAlong() {
    // given
    PlantedData data = PlantedData.make(1_000, 48, 4, 6);
    int[] other = Arrays.stream(data.labels().codes()).map(code -> code % 2).toArray();
    ConceptLabels companion = new ConceptLabels("companion", List.of("even", "odd"), other);

    // when
    FitResult.Fitted alone = data.fit(SETTINGS);
    FitResult.Fitted together =
        (FitResult.Fitted) data.fit(SETTINGS, Map.of(), List.of(companion, data.labels())).get(1);

    // then
    assertThat(together.certificate().objective())
        .isCloseTo(alone.certificate().objective(), within(1e-4 * alone.certificate().objective()));
    assertThat(together.evaluation().accuracy().orElseThrow())
        .isEqualTo(alone.evaluation().accuracy().orElseThrow());
  }

  @Test
  void shouldFitControlsLessCloselyThanConcepts() {
    // given
    PlantedData data = PlantedData.make(1_500, 40, 4, 11);
    FitSettings settings = FitSettings.defaults().withEnd(1e-4, 1_000);
    ConceptLabels control =
        new ConceptLabels("control", data.labels().labels(), data.labels().codes());

    // when
    List<FitResult> results;
    try (Arena arena = Arena.ofShared()) {
      results =
          ProbeFit.fit(
              data.matrix(),
              data.rows(),
              data.split(),
              List.of(data.labels()),
              List.of(control),
              Map.of(),
              settings,
              bytes -> arena.allocate(bytes, 64),
              FitProgress.NONE);
    }

    // then: the same labels, ended at different points of the same way
    Certificate ofConcept = ((FitResult.Fitted) results.get(0)).certificate();
    Certificate ofControl = ((FitResult.Fitted) results.get(1)).certificate();
    assertThat(ofConcept.gap()).isLessThanOrEqualTo(1e-4);
    assertThat(ofControl.gap()).isBetween(1e-4, 0.1);
    assertThat(ofControl.converged()).isTrue();
    assertThat(ofControl.evaluations()).isLessThan(ofConcept.evaluations());
  }

  @Test
  void shouldNotMoveWhenANeuronIsOnlyRescaled() {
    // given
    PlantedData data = PlantedData.make(1_000, 48, 4, 7);
    FitResult.Fitted before = data.fit(SETTINGS);

    // when
    for (float[] row : data.matrix().values()) {
      row[PlantedData.PLANTED] *= 1_024;
    }
    FitResult.Fitted after = data.fit(SETTINGS);

    // then
    float[] expected = before.probe().weights()[0];
    for (int d = 0; d < expected.length; d++) {
      assertThat(after.probe().weights()[0][d]).isCloseTo(expected[d], within(2e-3f));
    }
  }

  @Test
  void shouldSayWhyAConceptCannotBeFittedAndFitTheOthers() {
    // given
    PlantedData data = PlantedData.make(500, 48, 4, 8);
    ConceptLabels single = new ConceptLabels("single", List.of("all"), new int[500]);
    int[] nothing = new int[500];
    Arrays.fill(nothing, -1);
    ConceptLabels none = new ConceptLabels("none", List.of("a", "b"), nothing);

    // when
    List<FitResult> results = data.fit(SETTINGS, Map.of(), List.of(single, data.labels(), none));

    // then
    assertThat(results.get(1)).isInstanceOf(FitResult.Fitted.class);
    assertThat(results.get(0))
        .isInstanceOfSatisfying(
            FitResult.Unfittable.class,
            unfittable -> {
              assertThat(unfittable.reason()).isEqualTo(FitResult.Reason.FEWER_THAN_TWO_LABELS);
              assertThat(unfittable.message()).contains("single").contains("only the label all");
            });
    assertThat(results.get(2))
        .isInstanceOfSatisfying(
            FitResult.Unfittable.class,
            unfittable -> assertThat(unfittable.message()).contains("none", "no labelled"));
  }

  @Test
  void shouldStayFiniteOnHostileValues() {
    // given: I20, a constant, a denormal and a huge neuron, and minus zero
    PlantedData data = PlantedData.make(500, 48, 4, 9);
    for (int i = 0; i < 500; i++) {
      float[] row = data.matrix().values()[i];
      row[0] = 7;
      row[1] = i % 2 == 0 ? -0.0f : 0.0f;
      row[2] = i * Float.MIN_VALUE;
      row[4] = i % 3 == 0 ? 1e38f : -1e38f;
    }

    // when
    FitResult.Fitted result = data.fit(SETTINGS);

    // then
    for (float[] weights : result.probe().weights()) {
      for (float weight : weights) {
        assertThat(weight).isFinite();
      }
      assertThat(weights[0]).isZero();
      assertThat(weights[1]).isZero();
    }
    assertThat(result.certificate().objective()).isFinite();
  }

  @Test
  void shouldMeasureTransferOfAProbeOnItsOwnActivationsAsItsAccuracy() {
    // given
    PlantedData data = PlantedData.make(1_000, 48, 4, 10);
    FitResult.Fitted result = data.fit(SETTINGS);

    // when
    OptionalDouble transfer =
        Transfer.answers(
                result.probe(), data.matrix(), data.rows(), data.split(), data.labels(), SETTINGS)
            .report(4)
            .accuracy();

    // then
    assertThat(transfer).isEqualTo(result.evaluation().accuracy());
  }

  @Test
  void shouldAgreeWithAnIndependentLibraryWithoutL1() {
    // given: Smile minimises the sum of losses + lambda / 2 ||v||^2 over v = W_1 - W_0; at our
    // optimum W_1 = -W_0 = v / 2, so that l2 ||W||^2 = l2 / 2 ||v||^2
    PlantedData data = PlantedData.make(300, 24, 2, 11);
    double l2 = 1e-2;
    ReferenceSolver reference = new ReferenceSolver(data, 0, l2);
    double[][] x = reference.words();
    double[] v =
        LogisticRegression.binomial(x, reference.classes(), l2 * x.length, 1e-9, 5_000)
            .coefficients();

    // when
    FitResult.Fitted result = data.fit(SETTINGS.withPenalties(0, l2));

    // then
    double[] half = Arrays.stream(v).map(weight -> weight / 2).toArray();
    double[] minus = Arrays.stream(half).map(weight -> -weight).toArray();
    double smiles = reference.objective(new double[][] {minus, half});
    assertThat(result.certificate().objective()).isCloseTo(smiles, within(1e-4 * smiles));
  }

  @Test
  void shouldNotDependOnTheOrderOfLabels() {
    // given
    PlantedData data = PlantedData.make(1_000, 48, 4, 12);
    int[] turned = Arrays.stream(data.labels().codes()).map(code -> 3 - code).toArray();
    ConceptLabels other = new ConceptLabels("turned", List.of("L3", "L2", "L1", "L0"), turned);

    // when
    FitResult.Fitted straight = data.fit(SETTINGS);
    FitResult.Fitted reversed =
        (FitResult.Fitted) data.fit(SETTINGS, Map.of(), List.of(other)).getFirst();

    // then
    for (int c = 0; c < 4; c++) {
      float[] expected = straight.probe().weights()[c];
      float[] actual = reversed.probe().weights()[3 - c];
      for (int d = 0; d < expected.length; d++) {
        assertThat(actual[d]).isCloseTo(expected[d], within(2e-3f));
      }
    }
  }

  @Test
  void shouldLeaveOutWordsWithoutALabelAndLabelsWithoutTrainWords() {
    // given: no train word has label 2, and every third word has none
    PlantedData data = PlantedData.make(600, 48, 4, 13);
    int[] codes = data.labels().codes().clone();
    for (int i = 0; i < codes.length; i++) {
      boolean hidden = codes[i] == 2 && data.split().part(i) == Split.TRAIN;
      codes[i] = i % 3 == 0 || hidden ? -1 : codes[i];
    }
    ConceptLabels partial = new ConceptLabels("partial", data.labels().labels(), codes);

    // when
    FitResult.Fitted result =
        (FitResult.Fitted) data.fit(SETTINGS, Map.of(), List.of(partial)).getFirst();

    // then
    assertThat(result.probe().weights()[2]).isNull();
    assertThat(result.evaluation().labels().get(2).trainCount()).isZero();
    assertThat(result.evaluation().labels().get(2).rare()).isTrue();
    assertThat(result.evaluation().labels().get(2).recall()).hasValue(0);
    assertThat(result.evaluation().trainWords())
        .isEqualTo(
            (int)
                IntStream.range(0, 600)
                    .filter(i -> codes[i] >= 0 && data.split().part(i) == Split.TRAIN)
                    .count());
  }

  @Test
  void shouldRefuseTooManyLabels() {
    // given: I15
    List<String> names = IntStream.range(0, 10_000).mapToObj(i -> "label" + i).toList();
    ConceptLabels many =
        new ConceptLabels("many", names, IntStream.range(0, 500).map(i -> 20 * i).toArray());
    PlantedData data = PlantedData.make(500, 48, 4, 14);

    // when
    FitResult result = data.fit(SETTINGS, Map.of(), List.of(many)).getFirst();

    // then
    assertThat(result)
        .isInstanceOfSatisfying(
            FitResult.Unfittable.class,
            unfittable ->
                assertThat(unfittable.reason()).isEqualTo(FitResult.Reason.TOO_MANY_LABELS));
  }

  @Test
  void shouldSayThatItHasNotConverged() {
    // when
    FitResult.Fitted result = PlantedData.make(500, 48, 4, 15).fit(SETTINGS.withEnd(1e-6, 3));

    // then
    assertThat(result.certificate().converged()).isFalse();
    assertThat(result.certificate().evaluations()).isBetween(3, 20);
    assertThat(result.certificate().gap()).isGreaterThan(1e-6);
  }

  @Test
  void shouldEndWhenItIsCancelled() {
    // given
    PlantedData data = PlantedData.make(500, 48, 4, 16);

    // when, then
    assertThatThrownBy(
            () ->
                data.fit(
                    SETTINGS,
                    Map.of(),
                    List.of(data.labels()),
                    (phase, fraction) -> phase != FitProgress.Phase.FIT))
        .isInstanceOf(FitCancelledException.class);
  }

  @Test
  void shouldRefuseNaN() {
    // given: I20
    PlantedData data = PlantedData.make(500, 48, 4, 17);
    for (float[] row : data.matrix().values()) {
      row[5] = Float.NaN;
    }

    // when, then
    assertThatThrownBy(() -> data.fit(SETTINGS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("neuron 5");
  }

  @Test
  void shouldRefuseAWarmStartOfAnotherWidth() {
    // given: I19
    PlantedData data = PlantedData.make(500, 48, 4, 18);
    Probe narrow = PlantedData.make(500, 24, 4, 18).fit(SETTINGS).probe();

    // when, then
    assertThatThrownBy(() -> data.fit(SETTINGS, Map.of("planted", narrow)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("24 neurons");
  }
}
