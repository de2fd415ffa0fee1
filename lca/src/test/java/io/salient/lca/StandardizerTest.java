package io.salient.lca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StandardizerTest {
  @Test
  void shouldLoseNoDigitsWhereTheMeanIsLargeAndTheFirstRowFarOff() {
    // given
    Random random = new Random(1);
    float[][] x = new float[5_000][700];
    for (float[] row : x) {
      for (int d = 0; d < row.length; d++) {
        row[d] = (float) (10_000 + random.nextGaussian());
      }
    }
    x[0][3] = -1e6f;

    // when
    Standardizer standardizer = Standardizer.fit(new ArrayMatrix(x), rows(x.length));

    // then
    for (int d : new int[] {0, 3, 511, 512, 699}) {
      double[] expected = twoPass(x, d);
      assertThat(standardizer.mean()[d]).isCloseTo(expected[0], within(1e-9 * 10_000));
      assertThat(standardizer.inverseDeviation()[d] * expected[1]).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void shouldMakeAConstantNeuronZeroAndKeepHostileOnesFinite() {
    // given: I20
    float[][] x = new float[40][5];
    for (int i = 0; i < x.length; i++) {
      x[i] =
          new float[] {
            0.1f, i % 2 == 0 ? 0f : -0f, i * Float.MIN_VALUE, i % 3 == 0 ? 1e38f : -1e38f, i
          };
    }
    Standardizer standardizer = Standardizer.fit(new ArrayMatrix(x), rows(30));

    // when: rows of the test part, one of them far away
    x[39] = new float[] {5, 1, 1, 3e38f, -3e38f};
    float[] near = apply(standardizer, x[7]);
    float[] far = apply(standardizer, x[39]);

    // then
    assertThat(near[0]).isZero();
    assertThat(near[1]).isZero();
    for (int d = 2; d < 5; d++) {
      assertThat(Math.abs(near[d])).isBetween(1e-3f, 3f);
      assertThat(Math.abs(far[d])).isBetween(1e-3f, 1e6f);
    }
    assertThat(far[0]).isZero();
  }

  private static float[] apply(Standardizer standardizer, float[] row) {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_FLOAT, row);
      standardizer.apply(memory, 1);
      return memory.toArray(ValueLayout.JAVA_FLOAT);
    }
  }

  private static int[] rows(int count) {
    return IntStream.range(0, count).toArray();
  }

  private static double[] twoPass(float[][] x, int d) {
    double mean = 0;
    for (float[] row : x) {
      mean += row[d] / (double) x.length;
    }
    double variance = 0;
    for (float[] row : x) {
      variance += (row[d] - mean) * (row[d] - mean) / x.length;
    }
    return new double[] {mean, Math.sqrt(variance)};
  }
}
