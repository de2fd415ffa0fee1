package io.salient.lca.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProbeRankerTest {
  /** Neurons 1, 3 and 4 have no weight in a label that counts. */
  private static final float[][] WEIGHTS = {{4, 0, 1, 0, 0}, {0, 0, 2, 0, 0}, {0, 9, 0, 0, 0}};

  private static final int[] COUNTS = {30, 30, 5};

  private static final ProbedNeurons NEURONS =
      new ProbedNeurons(new float[] {1, 0, 7, 0, 0}, new float[] {1, 0.5f, 1, 0.9f, 0.5f});

  @Test
  void shouldOrderNeuronsWithoutWeightByTheirEntryLevels() {
    NeuronRanking ranking = rank(RankingMethod.LCA, NEURONS);

    assertThat(ranking.size()).isEqualTo(2);
    assertThat(ranking.order()).containsExactly(2, 0, 3, 1, 4);
    assertThat(ranking.scoreOf(3)).isEqualTo(1);
  }

  @Test
  void shouldOrderThemByIndexWhereEntryLevelsAreUnknown() {
    assertThat(rank(RankingMethod.LCA, ProbedNeurons.UNKNOWN).order())
        .containsExactly(2, 0, 1, 3, 4);
  }

  @Test
  void shouldRankByContributions() {
    NeuronRanking ranking = rank(RankingMethod.CONTRIBUTION, NEURONS);

    assertThat(ranking.order()).containsExactly(2, 0, 3, 1, 4);
    assertThat(ranking.scoreOf(2)).isEqualTo(7);
    assertThat(
            new ProbeRanker(RankingMethod.CONTRIBUTION, 20)
                .rank(WEIGHTS, ProbedNeurons.UNKNOWN, COUNTS))
        .isEmpty();
  }

  @Test
  void shouldRankInTheStepsOfNeurox() {
    NeuroxRanker expected = new NeuroxRanker(5);
    expected.add(WEIGHTS[0]);
    expected.add(WEIGHTS[1]);

    assertThat(rank(RankingMethod.NEUROX, NEURONS).order())
        .isEqualTo(expected.ranking().orElseThrow().order());
  }

  @Test
  void shouldRefuseMethodsWithoutAProbe() {
    assertThatThrownBy(() -> new ProbeRanker(RankingMethod.PROBELESS, 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("probeless");
  }

  private static NeuronRanking rank(RankingMethod method, ProbedNeurons neurons) {
    return new ProbeRanker(method, 20).rank(WEIGHTS, neurons, COUNTS).orElseThrow();
  }
}
