package io.salient.lca.probe.optimiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.torch.TorchEngine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SoftmaxLossTest {
  private static final int WORDS = 70;
  private static final int WIDTH = 13;
  private static final int[] SIZES = {4, 3};

  @BeforeAll
  static void start() {
    TorchEngine.start();
  }

  @Test
  void shouldHaveTheGradientOfFiniteDifferences() {
    try (Arena arena = Arena.ofShared()) {
      // given: two concepts, some words without a label
      Random random = new Random(1);
      float[] x = new float[WORDS * WIDTH];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) random.nextGaussian();
      }
      MemorySegment rows = arena.allocate(4L * x.length, 64);
      MemorySegment.copy(x, 0, rows, ValueLayout.JAVA_FLOAT, 0, x.length);
      List<int[]> classes = List.of(codes(random, 4), codes(random, 3));
      List<float[]> points = List.of(point(random, 4), point(random, 3));

      // when
      List<SoftmaxLoss.Sums> sums;
      try (SoftmaxLoss loss = new SoftmaxLoss(new TrainRows(rows, WORDS, WIDTH))) {
        sums = loss.evaluate(new SoftmaxHeads(SIZES, classes), points);
      }

      // then: in double, by central differences
      for (int k = 0; k < 2; k++) {
        double[] w = new double[points.get(k).length];
        for (int i = 0; i < w.length; i++) {
          w[i] = points.get(k)[i];
        }
        assertThat(sums.get(k).loss()).isCloseTo(loss(x, classes.get(k), w, k), within(1e-4));
        for (int i = 0; i < w.length; i++) {
          double kept = w[i];
          w[i] = kept + 1e-5;
          double above = loss(x, classes.get(k), w, k);
          w[i] = kept - 1e-5;
          double below = loss(x, classes.get(k), w, k);
          w[i] = kept;
          assertThat(sums.get(k).gradient()[i])
              .isCloseTo((float) ((above - below) / 2e-5), within(1e-4f));
        }
      }
    }
  }

  private static int[] codes(Random random, int size) {
    return random.ints(WORDS, -1, size).toArray();
  }

  private static float[] point(Random random, int size) {
    float[] point = new float[size * (WIDTH + 1)];
    for (int i = 0; i < point.length; i++) {
      point[i] = (float) random.nextGaussian() / 2;
    }
    return point;
  }

  private static double loss(float[] x, int[] classes, double[] point, int k) {
    double sum = 0;
    for (int i = 0; i < WORDS; i++) {
      if (classes[i] < 0) {
        continue;
      }
      double total = 0;
      double own = 0;
      for (int c = 0; c < SIZES[k]; c++) {
        double score = point[SIZES[k] * WIDTH + c];
        for (int d = 0; d < WIDTH; d++) {
          score += point[c * WIDTH + d] * x[i * WIDTH + d];
        }
        total += Math.exp(score);
        own = c == classes[i] ? score : own;
      }
      sum += Math.log(total) - own;
    }
    return sum;
  }
}
