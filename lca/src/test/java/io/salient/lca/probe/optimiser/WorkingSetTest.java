package io.salient.lca.probe.optimiser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkingSetTest {
  private static final double L1 = 0.1;
  private static final int ALL = 1_000;

  @Test
  void shouldHoldWhatHasAWeightAndTheZerosThatWantOne() {
    // given
    float[] weights = {0, 2, 0, 0, -1};
    float[] gradient = {0.3f, 0, 0.05f, -0.2f, 0.1f};

    // when, then: the third is held at zero by l1
    assertThat(WorkingSet.of(weights, gradient, L1, WorkingSet.SLOW, ALL))
        .containsExactly(0, 1, 3, 4);
  }

  @Test
  void shouldTakeOfVeryManyZerosThoseThatWantAWeightMost() {
    // given: every neuron wants one, the last most
    float[] weights = new float[500];
    float[] gradient = new float[500];
    for (int d = 0; d < gradient.length; d++) {
      gradient[d] = 1 + d;
    }

    // when, then
    assertThat(WorkingSet.of(weights, gradient, L1, WorkingSet.SLOW, ALL))
        .hasSize(40)
        .contains(499, 460);
  }

  @Test
  void shouldTakeTheFarthestFromTheirOptimumWhereAllWouldBeTooMany() {
    // given: sub-gradients 0, 0.4, 0.2, 0.3 and -0.6
    float[] weights = {1, 1, 0, -1, -1};
    float[] gradient = {-0.1f, 0.3f, 0.3f, 0.4f, -0.5f};

    // when, then
    assertThat(WorkingSet.of(weights, gradient, L1, WorkingSet.SLOW, 3)).containsExactly(1, 3, 4);
  }
}
