package io.salient.lca.probe.optimiser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CurvatureBlockTest {
  /** Where a move by minus the weight would leave the rounding of the move. */
  @Test
  void shouldTakeAWeightToExactlyZero() {
    // given: a thousand starts, a slope that alone would not move the weight far
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      float at = random.nextFloat() - 0.5f;
      ClassRow row = new ClassRow(new float[] {at, 0.1f, 0}, 0.3f);
      row.gradient = new float[] {0.02f * random.nextFloat(), 0, 0.5f};
      CurvatureBlock block = new CurvatureBlock(new int[] {0, 1}, 3, curvature(random), 3, 1e-4);

      // when: the penalty is far stronger than what the data say
      block.minimise(row, 5, 1e-12);

      // then: nothing is left of it, and what is outside the set stays as it was
      assertThat(row.next).containsExactly(0, 0, 0);
      assertThat(Float.floatToIntBits(row.next[0])).as("not -0 either").isZero();
    }
  }

  /** Of two correlated neurons and the bias. */
  private static float[] curvature(Random random) {
    float a = 0.1f + random.nextFloat();
    float b = 0.1f + random.nextFloat();
    float ab = 0.9f * (float) Math.sqrt(a * b);
    return new float[] {a, ab, 0.01f, ab, b, 0.01f, 0.01f, 0.01f, 0.2f};
  }
}
