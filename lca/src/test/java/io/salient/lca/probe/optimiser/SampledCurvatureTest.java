package io.salient.lca.probe.optimiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.torch.TorchEngine;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The measured curvature, seen by the step it leads to, against second derivatives in double. */
class SampledCurvatureTest {
  private static final int WIDTH = 40;
  private static final int[] NEURONS = {0, 7, 33};
  private static final double BIAS_RIDGE = 1e-5;
  private static final double OFF_DIAGONAL = 0.95;

  @BeforeAll
  static void start() {
    TorchEngine.start();
  }

  @Test
  void shouldLeadToTheNewtonStepOfTheClass() {
    // given: fewer words than a sample takes, so that all are in it; some take no part
    Random random = new Random(1);
    float[][] x = words(random, 200);
    float[] residuals = residuals(random, x.length);
    ClassRow row = row(random);

    // when
    step(x, residuals, row);

    // then: scale H move = -gradient, the bias among the unknowns
    double[][] second = second(x, residuals);
    for (int i = 0; i <= NEURONS.length; i++) {
      double product = 0;
      for (int j = 0; j <= NEURONS.length; j++) {
        double factor = i == j ? 1 : OFF_DIAGONAL;
        product += row.scale * factor * second[i][j] * move(row, j);
      }
      assertThat(product).isCloseTo(-gradient(row, i), within(2e-5));
    }
    assertThat(row.modelCurvature).isPositive();
  }

  @Test
  void shouldLeaveOtherNeuronsAlone() {
    // given
    Random random = new Random(2);
    float[][] x = words(random, 200);
    ClassRow row = row(random);

    // when
    step(x, residuals(random, x.length), row);

    // then
    for (int d = 0; d < WIDTH; d++) {
      if (Arrays.binarySearch(NEURONS, d) < 0) {
        assertThat(row.next[d]).isEqualTo(row.weights[d]);
      }
    }
  }

  private static void step(float[][] x, float[] residuals, ClassRow row) {
    try (Arena arena = Arena.ofShared();
        SoftmaxLoss loss = new SoftmaxLoss(new SmallProblem(x, new int[x.length]).rows(arena));
        SampledCurvature curvature = new SampledCurvature(loss)) {
      row.block =
          curvature.block(SampledCurvature.Sample.of(residuals, NEURONS), taking(residuals), 0);
      row.block.minimise(row, 0, 0);
    }
  }

  private static int taking(float[] residuals) {
    int taking = 0;
    for (float residual : residuals) {
      taking += residual == 0 ? 0 : 1;
    }
    return taking;
  }

  /** Mean of p (1 - p) x x' over the words that take part, in double, the bias last. */
  private static double[][] second(float[][] x, float[] residuals) {
    int size = NEURONS.length + 1;
    double[][] second = new double[size][size];
    for (int word = 0; word < x.length; word++) {
      double wrong = Math.abs(residuals[word]);
      double weight = wrong * Math.max(1 - wrong, 0.3) / taking(residuals);
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          second[i][j] += weight * input(x[word], i) * input(x[word], j);
        }
      }
    }
    second[size - 1][size - 1] += BIAS_RIDGE;
    return second;
  }

  private static double input(float[] word, int i) {
    return i < NEURONS.length ? word[NEURONS[i]] : 1;
  }

  private static double move(ClassRow row, int i) {
    return i < NEURONS.length
        ? (double) row.next[NEURONS[i]] - row.from[NEURONS[i]]
        : (double) row.nextBias - row.fromBias;
  }

  private static double gradient(ClassRow row, int i) {
    return i < NEURONS.length ? row.gradient[NEURONS[i]] : row.biasGradient;
  }

  private static ClassRow row(Random random) {
    ClassRow row = new ClassRow(vector(random, 0.3), 0.1f);
    row.gradient = vector(random, 0.01);
    row.biasGradient = 0.02f;
    return row;
  }

  /** Every fifth word takes no part. */
  private static float[] residuals(Random random, int count) {
    float[] residuals = new float[count];
    for (int i = 0; i < count; i++) {
      residuals[i] = i % 5 == 0 ? 0 : random.nextFloat() * 2 - 1;
    }
    return residuals;
  }

  private static float[][] words(Random random, int count) {
    float[][] x = new float[count][];
    Arrays.setAll(x, i -> vector(random, 1));
    return x;
  }

  private static float[] vector(Random random, double scale) {
    float[] vector = new float[WIDTH];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (scale * random.nextGaussian());
    }
    return vector;
  }
}
