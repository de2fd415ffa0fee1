package io.salient.lca.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.ArrayMatrix;
import io.salient.lca.Split;
import io.salient.lca.probe.optimiser.Penalty;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** NeuroX's objective: mean cross-entropy + l1 ||W||_1 + l2 ||W||_F, the norm not squared. */
class NeuroxPenaltyTest {
  private static final FitSettings SETTINGS =
      FitSettings.defaults().withPenalty(Penalty.NEUROX).withEnd(5e-5, 2_000);

  @Test
  void shouldAgreeWithAnIndependentSolver() {
    for (double[] lambdas : new double[][] {{5e-4, 1e-2}, {0, 5e-2}, {5e-3, 1e-3}, {1e-3, 0}}) {
      // given
      PlantedData data = PlantedData.make(300, 24, 3, 1);

      // when
      FitResult.Fitted result = data.fit(SETTINGS.withPenalties(lambdas[0], lambdas[1]));

      // then
      double minimum =
          new ReferenceSolver(data, lambdas[0], lambdas[1], Penalty.NEUROX).minimum(20_000);
      assertThat(result.certificate().converged()).as("%s", Arrays.toString(lambdas)).isTrue();
      assertThat(result.certificate().objective()).isCloseTo(minimum, within(2e-4 * minimum));
    }
  }

  @Test
  void shouldTakeActivationsAsTheyAre() {
    // given: what the other solver standardises, fitted without standardisation
    PlantedData data = PlantedData.make(300, 24, 3, 2);
    ReferenceSolver reference = new ReferenceSolver(data, 1e-3, 1e-2, Penalty.NEUROX);
    float[][] values = new float[300][];
    int next = 0;
    for (int row = 0; row < values.length; row++) {
      values[row] = new float[24];
      if (data.split().part(row) == Split.TRAIN) {
        double[] word = reference.words()[next++];
        for (int d = 0; d < 24; d++) {
          values[row][d] = (float) word[d];
        }
      }
    }
    PlantedData raw =
        new PlantedData(new ArrayMatrix(values), data.split(), data.labels(), data.rows());

    // when
    FitResult.Fitted result = raw.fit(SETTINGS.withPenalties(1e-3, 1e-2).withStandardize(false));

    // then
    double minimum = reference.minimum(20_000);
    assertThat(result.certificate().objective()).isCloseTo(minimum, within(1e-4 * minimum));
  }

  @Test
  void shouldLeaveZeroOnlyWhereTheGradientIsLongEnough() {
    // given
    PlantedData data = PlantedData.make(600, 24, 3, 3);
    double border = new ReferenceSolver(data, 1e-2, 0, Penalty.NEUROX).leastL2ForZero();

    // when
    FitResult.Fitted above = data.fit(SETTINGS.withPenalties(1e-2, 1.01 * border));
    FitResult.Fitted below = data.fit(SETTINGS.withPenalties(1e-2, 0.9 * border));

    // then
    assertThat(above.certificate().converged()).isTrue();
    assertThat(weights(above)).containsOnly(0f);
    assertThat(below.certificate().converged()).isTrue();
    assertThat(weights(below)).anyMatch(weight -> weight != 0);
  }

  @Test
  void shouldFindItsWayToZeroFromAWarmStart() {
    // given
    PlantedData data = PlantedData.make(600, 24, 3, 4);
    FitResult.Fitted start = data.fit(SETTINGS);

    // when
    FitResult.Fitted result =
        data.fit(SETTINGS.withPenalties(0, 5), Map.of("planted", start.probe()));

    // then
    assertThat(result.certificate().converged()).isTrue();
    assertThat(weights(result)).containsOnly(0f);
    assertThat(result.certificate().objective())
        .isCloseTo(data.fit(SETTINGS.withPenalties(0, 5)).certificate().objective(), within(1e-5));
  }

  private static Float[] weights(FitResult.Fitted result) {
    return Arrays.stream(result.probe().weights())
        .flatMap(
            row -> {
              Float[] boxed = new Float[row.length];
              Arrays.setAll(boxed, d -> row[d]);
              return Arrays.stream(boxed);
            })
        .toArray(Float[]::new);
  }
}
