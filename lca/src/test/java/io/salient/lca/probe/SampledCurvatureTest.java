package io.salient.lca.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.torch.TorchEngine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The measured curvature, seen by the step it leads to, against second derivatives in double. */
class SampledCurvatureTest {
  private static final int WIDTH = 40;
  private static final int CLASSES = 3;
  private static final int[] NEURONS = {0, 7, 33};
  private static final int PENALISED = CLASSES * WIDTH;
  private static final FitSettings NO_PENALTIES = FitSettings.defaults().withPenalties(0, 0);

  @BeforeAll
  static void start() {
    TorchEngine.start();
  }

  @Test
  void shouldLeadToTheNewtonStepOfEachClass() {
    // given: fewer words than a sample takes, so that all are in it; some without a label
    Random random = new Random(1);
    float[][] x = words(random, 200);
    int[] codes = random.ints(x.length, -1, CLASSES).toArray();
    float[] point = vector(random, 0.3);
    float[] gradient = vector(random, 0.01);

    // when
    float[] next = step(x, codes, point, gradient);

    // then: H move = -gradient, the bias among the unknowns
    for (int c = 0; c < CLASSES; c++) {
      double[][] second = second(x, codes, point, c);
      double[] move = move(point, next, c);
      for (int i = 0; i <= NEURONS.length; i++) {
        double product = 0;
        for (int j = 0; j <= NEURONS.length; j++) {
          product += second[i][j] * move[j];
        }
        assertThat(product).isCloseTo(-gradient[position(c, i)], within(2e-5));
      }
    }
  }

  @Test
  void shouldLeaveOtherNeuronsAlone() {
    // given
    Random random = new Random(2);
    float[][] x = words(random, 200);
    float[] point = vector(random, 0.3);

    // when
    float[] next = step(x, random.ints(x.length, 0, CLASSES).toArray(), point, vector(random, 1));

    // then
    for (int i = 0; i < PENALISED; i++) {
      if (Arrays.binarySearch(NEURONS, i % WIDTH) < 0) {
        assertThat(next[i]).isEqualTo(point[i]);
      }
    }
  }

  @Test
  void shouldLookAtEveryOtherWordWhereThereAreVeryMany() {
    // given: every word twice, more than are looked at
    Random random = new Random(3);
    float[][] once = words(random, 25_000);
    float[][] twice = new float[2 * once.length][];
    Arrays.setAll(twice, i -> once[i / 2]);
    int[] codes = random.ints(once.length, -1, CLASSES).toArray();
    int[] codesTwice = new int[twice.length];
    Arrays.setAll(codesTwice, i -> codes[i / 2]);
    float[] point = vector(random, 0.3);
    float[] gradient = vector(random, 0.01);

    // when
    float[] next = step(twice, codesTwice, point, gradient);

    // then: means over words are the same, and so are the samples
    float[] expected = step(once, codes, point, gradient);
    for (int i = 0; i < next.length; i++) {
      assertThat(next[i]).isCloseTo(expected[i], within(1e-4f));
    }
  }

  private static float[] step(float[][] x, int[] codes, float[] point, float[] gradient) {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment rows = arena.allocate(4L * x.length * WIDTH, 64);
      for (int i = 0; i < x.length; i++) {
        MemorySegment.copy(x[i], 0, rows, ValueLayout.JAVA_FLOAT, 4L * i * WIDTH, WIDTH);
      }
      TrainWords words = new TrainWords(rows, x.length, WIDTH);
      try (ElasticNet net =
          new ElasticNet(words, new ProbeHeads(new int[] {CLASSES}, List.of(codes)))) {
        int[][] neurons = {NEURONS, NEURONS, NEURONS};
        CurvatureBlock[] blocks = new SampledCurvature(words, net, 0, codes).blocks(point, neurons);
        float[] next = point.clone();
        for (int c = 0; c < CLASSES; c++) {
          blocks[c].minimise(point, gradient, c * WIDTH, PENALISED + c, NO_PENALTIES, 1, 0, next);
        }
        return next;
      }
    }
  }

  /** Mean of p (1 - p) x x' over the words with a label, in double, the bias last. */
  private static double[][] second(float[][] x, int[] codes, float[] point, int c) {
    int size = NEURONS.length + 1;
    double[][] second = new double[size][size];
    int taking = 0;
    for (int word = 0; word < x.length; word++) {
      if (codes[word] >= 0) {
        taking++;
        double p = probability(x[word], point, c);
        for (int i = 0; i < size; i++) {
          for (int j = 0; j < size; j++) {
            second[i][j] += p * (1 - p) * input(x[word], i) * input(x[word], j);
          }
        }
      }
    }
    for (double[] row : second) {
      for (int j = 0; j < size; j++) {
        row[j] /= taking;
      }
    }
    return second;
  }

  private static double input(float[] word, int i) {
    return i < NEURONS.length ? word[NEURONS[i]] : 1;
  }

  private static double probability(float[] word, float[] point, int c) {
    double[] scores = new double[CLASSES];
    for (int k = 0; k < CLASSES; k++) {
      scores[k] = point[PENALISED + k];
      for (int d = 0; d < WIDTH; d++) {
        scores[k] += (double) point[k * WIDTH + d] * word[d];
      }
    }
    return Math.exp(scores[c]) / Arrays.stream(scores).map(Math::exp).sum();
  }

  private static double[] move(float[] from, float[] to, int c) {
    double[] move = new double[NEURONS.length + 1];
    Arrays.setAll(move, i -> (double) to[position(c, i)] - from[position(c, i)]);
    return move;
  }

  private static int position(int c, int i) {
    return i < NEURONS.length ? c * WIDTH + NEURONS[i] : PENALISED + c;
  }

  private static float[][] words(Random random, int count) {
    float[][] x = new float[count][WIDTH];
    for (float[] word : x) {
      for (int d = 0; d < WIDTH; d++) {
        word[d] = (float) random.nextGaussian();
      }
    }
    return x;
  }

  private static float[] vector(Random random, double scale) {
    float[] vector = new float[PENALISED + CLASSES];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (scale * random.nextGaussian());
    }
    return vector;
  }
}
