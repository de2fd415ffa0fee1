package io.salient.lca.probe.optimiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

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

  @Test
  void shouldSolveWithoutL1ForWhatDescentComesTo() {
    Random random = new Random(2);
    for (int i = 0; i < 100; i++) {
      float[] curvature = curvature(random);
      float[] gradient = {random.nextFloat() - 0.5f, random.nextFloat() - 0.5f, 0.5f};
      ClassRow solved = row(gradient);
      ClassRow descended = row(gradient);

      // when: with next to no l1 and to the end
      new CurvatureBlock(new int[] {0, 1}, 3, curvature, 3, 1e-4).minimise(solved, 0, 0);
      new CurvatureBlock(new int[] {0, 1}, 3, curvature, 3, 1e-4).minimise(descended, 1e-9, 1e-14);

      // then
      assertThat(solved.next).containsExactly(descended.next, within(1e-3f));
      assertThat(solved.nextBias).isCloseTo(descended.nextBias, within(1e-3f));
      assertThat(solved.modelCurvature)
          .isCloseTo(descended.modelCurvature, withPercentage(0.1))
          .isPositive();
    }
  }

  @Test
  void shouldLeaveANeuronThatNeverVariesWhereNothingHoldsIt() {
    // given
    float[] curvature = {0.5f, 0, 0, 0, 0, 0, 0, 0, 0.2f};
    ClassRow row = row(new float[] {0.1f, 0, 0});

    // when
    new CurvatureBlock(new int[] {0, 1}, 3, curvature, 3, 0).minimise(row, 0, 0);

    // then
    assertThat(row.next[1]).isEqualTo(row.from[1]);
    assertThat(row.next[0]).isLessThan(row.from[0]);
  }

  private static ClassRow row(float[] gradient) {
    ClassRow row = new ClassRow(new float[] {0.2f, -0.1f, 0.3f}, 0.1f);
    row.gradient = gradient;
    row.biasGradient = 0.05f;
    return row;
  }

  /** Of two correlated neurons and the bias. */
  private static float[] curvature(Random random) {
    float a = 0.1f + random.nextFloat();
    float b = 0.1f + random.nextFloat();
    float ab = 0.9f * (float) Math.sqrt(a * b);
    return new float[] {a, ab, 0.01f, ab, b, 0.01f, 0.01f, 0.01f, 0.2f};
  }
}
