package io.salient.lca.probe.optimiser;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.probe.PlantedData;
import io.salient.torch.TorchEngine;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The optimum against that of OWL-QN, and the certificate against the truth, on hard data. */
class BlockProximalNewtonTest {
  private static final Objective OBJECTIVE = new Objective(5e-3, 1e-4, Penalty.ELASTIC_NET);
  private static final Objective WITHOUT_L2 = new Objective(5e-3, 0, Penalty.ELASTIC_NET);
  private static final Goal GOAL = new Goal(1e-4, 500);

  /** Rounding of both objectives, relative. */
  private static final double ROUNDING = 2e-6;

  @BeforeAll
  static void start() {
    TorchEngine.start();
  }

  @Test
  void shouldReachTheOptimumOfOwlQn() {
    assertOptimum(planted(PlantedData.make(1_500, 48, 4, 1)), OBJECTIVE);
  }

  @Test
  void shouldReachItWithRareLabels() {
    // given: one word in a hundred keeps label 2 or 3
    PlantedData data = PlantedData.make(3_000, 48, 4, 2);
    int[] codes = data.labels().codes().clone();
    Random random = new Random(3);
    Arrays.setAll(codes, i -> codes[i] > 1 && random.nextInt(100) > 0 ? 0 : codes[i]);

    assertOptimum(SmallProblem.of(data.matrix().values(), codes), OBJECTIVE);
  }

  @Test
  void shouldReachItWithCollinearDuplicateAndConstantColumns() {
    // given
    PlantedData data = PlantedData.make(1_500, 48, 4, 4);
    for (float[] row : data.matrix().values()) {
      row[20] = row[PlantedData.PLANTED];
      row[21] = -2 * row[PlantedData.PLANTED + 5] + 1;
      row[22] = row[PlantedData.PLANTED] + row[PlantedData.PLANTED + 5];
      row[23] = 7;
    }

    assertOptimum(planted(data), OBJECTIVE);
    assertOptimum(planted(data), WITHOUT_L2);
  }

  @Test
  void shouldReachItOnSeparableData() {
    // given
    PlantedData data = PlantedData.make(1_500, 48, 4, 5);
    for (int i = 0; i < data.rows().length; i++) {
      data.matrix().values()[i][PlantedData.PLANTED + 5 * data.labels().codes()[i]] += 100;
    }

    assertOptimum(planted(data), OBJECTIVE);
    assertOptimum(planted(data), WITHOUT_L2);
  }

  @Test
  void shouldReachItWithMoreNeuronsThanWords() {
    assertOptimum(planted(PlantedData.make(120, 300, 3, 7)), OBJECTIVE);
  }

  @Test
  void shouldReachItWithoutL1() {
    assertOptimum(
        planted(PlantedData.make(400, 48, 4, 8)), new Objective(0, 1e-2, Penalty.ELASTIC_NET));
  }

  @Test
  void shouldReachItWithoutL1WhereNeuronsAreTooManyForModelsOfClasses() {
    // given
    SmallProblem wide = planted(PlantedData.make(600, 1_700, 3, 10));

    assertOptimum(wide, new Objective(0, 1e-2, Penalty.ELASTIC_NET));
  }

  @Test
  void shouldReachItWhereSomeWordsHaveNoLabel() {
    // given
    PlantedData data = PlantedData.make(1_500, 48, 4, 9);
    int[] codes = data.labels().codes().clone();
    Arrays.setAll(codes, i -> i % 3 == 0 ? -1 : codes[i]);

    assertOptimum(SmallProblem.of(data.matrix().values(), codes), OBJECTIVE);
  }

  @Test
  void shouldEndEachHeadByItself() {
    // given: one head that starts at its optimum, one that starts from nothing
    SmallProblem problem = planted(PlantedData.make(1_500, 48, 4, 10));
    ElasticNetFit.Solution alone = problem.fit(OBJECTIVE, GOAL);
    ElasticNetFit.Head there =
        new ElasticNetFit.Head(
            problem.classes(), alone.weights(), alone.bias(), true, OBJECTIVE, GOAL);
    int[] turned = Arrays.stream(problem.classes()).map(code -> (code + 1) / 2).toArray();
    ElasticNetFit.Head other = new SmallProblem(problem.values(), turned).head(OBJECTIVE, GOAL);

    // when
    List<ElasticNetFit.Solution> both;
    try (Arena arena = Arena.ofShared()) {
      both =
          ElasticNetFit.of(
              problem.rows(arena),
              List.of(there, other),
              1,
              bytes -> arena.allocate(bytes, 64),
              done -> {});
    }

    // then
    assertThat(both.getFirst().certificate().converged()).isTrue();
    assertThat(both.getLast().certificate().converged()).isTrue();
    assertThat(both.getFirst().certificate().evaluations())
        .isLessThan(both.getLast().certificate().evaluations());
  }

  @Test
  void shouldNotTakeAWorthlessStart() {
    // given: weights that say the contrary of the truth
    SmallProblem problem = planted(PlantedData.make(1_500, 48, 4, 13));
    ElasticNetFit.Solution good = problem.fit(OBJECTIVE, GOAL);
    float[][] contrary = new float[good.weights().length][48];
    for (int c = 0; c < contrary.length; c++) {
      for (int d = 0; d < 48; d++) {
        contrary[c][d] = -3 * good.weights()[c][d];
      }
    }

    // when
    ElasticNetFit.Solution fitted =
        problem.fit(
            new ElasticNetFit.Head(
                problem.classes(), contrary, good.bias(), true, OBJECTIVE, GOAL));

    // then: the way from nothing, to the last bit
    assertThat(fitted.weights()).isDeepEqualTo(good.weights());
  }

  @Test
  void shouldConvergeWhereModelsHoldAPartOfTheNeurons() {
    // given: next to no penalty, so that nearly all of very many neurons want a weight
    SmallProblem problem = planted(PlantedData.make(60, 2_000, 3, 11));
    Objective objective = new Objective(1e-8, 1e-1, Penalty.ELASTIC_NET);

    // when
    ElasticNetFit.Solution solution = problem.fit(objective, new Goal(1e-2, 2_000));

    // then
    assertThat(solution.certificate().converged()).isTrue();
    assertThat(solution.certificate().gap()).isLessThanOrEqualTo(1e-2);
  }

  @Test
  void shouldAnswerRoughlyForWideHeads() {
    // given
    SmallProblem problem = planted(PlantedData.make(200, 2_000, 3, 13));

    // when
    ElasticNetFit.Solution rough = problem.fit(OBJECTIVE, new Goal(0.1, 500, true));
    ElasticNetFit.Solution exact = problem.fit(OBJECTIVE, new Goal(1e-4, 500));

    // then
    assertThat(rough.certificate().gap()).isLessThanOrEqualTo(0.1);
    assertThat(rough.certificate().objective())
        .isBetween(
            exact.certificate().objective() * (1 - 1e-4), exact.certificate().objective() * 1.11);
  }

  @Test
  void shouldEndAfterAFewIterationsWhereOnlyTheAccuracyIsWanted() {
    // given: labels that the words' neurons say nothing of, and a gap that cannot be proved
    PlantedData data = PlantedData.make(1_500, 600, 4, 14);
    int[] random = new Random(5).ints(1_500, 0, 4).toArray();
    SmallProblem problem = SmallProblem.of(data.matrix().values(), random);

    // when
    ElasticNetFit.Solution rough = problem.fit(OBJECTIVE, new Goal(1e-9, 500, true));
    ElasticNetFit.Solution exact = problem.fit(OBJECTIVE, new Goal(1e-4, 500));

    // then
    assertThat(rough.certificate().converged()).isFalse();
    assertThat(rough.certificate().evaluations())
        .isBetween(Goal.ROUGH_ITERATIONS, 4 * Goal.ROUGH_ITERATIONS);
    assertThat(rough.certificate().objective())
        .isBetween(
            exact.certificate().objective(),
            exact.certificate().objective()
                + 0.1 * (Math.log(4) - exact.certificate().objective()));
  }

  @Test
  void shouldSayHowManyEvaluationsItTookWhenItMayTakeNoMore() {
    // when
    ElasticNetFit.Solution solution =
        planted(PlantedData.make(1_500, 48, 4, 12)).fit(OBJECTIVE, new Goal(1e-7, 3));

    // then
    assertThat(solution.certificate().converged()).isFalse();
    assertThat(solution.certificate().gap()).isGreaterThan(1e-7);
  }

  private static SmallProblem planted(PlantedData data) {
    return SmallProblem.of(data.matrix().values(), data.labels().codes());
  }

  private static void assertOptimum(SmallProblem problem, Objective objective) {
    // when
    Certificate certificate = problem.fit(objective, GOAL).certificate();

    // then: what is proved is true
    double minimum = problem.minimum(objective);
    double above = certificate.objective() / minimum - 1;
    assertThat(certificate.converged()).as("%s", certificate).isTrue();
    assertThat(certificate.gap()).isLessThanOrEqualTo(GOAL.tolerance());
    assertThat(above)
        .as("%s, minimum %s", certificate, minimum)
        .isLessThanOrEqualTo(certificate.gap() + ROUNDING);
  }
}
