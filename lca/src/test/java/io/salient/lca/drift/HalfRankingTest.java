package io.salient.lca.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.ranking.ProbeRanker;
import io.salient.lca.ranking.ProbedNeurons;
import io.salient.lca.ranking.RankingMethod;
import org.junit.jupiter.api.Test;

class HalfRankingTest {
  private static final float[][] WEIGHTS = {{4, 0, 1, 2}, null, {0, 0, 0, 0}, {0, 9, 0, 0}};
  private static final int[] COUNTS = {30, 30, 30, 5};
  private static final ProbedNeurons NEURONS =
      new ProbedNeurons(new float[] {1, 0, 7, 0}, new float[0]);

  @Test
  void shouldRankAHalfByTheMethodThatRanksTheWhole() {
    assertThat(half(RankingMethod.CONTRIBUTION, 2).overall()).containsExactly(2, 0);
    assertThat(half(RankingMethod.LCA, 2).overall()).containsExactly(0, 3);
  }

  @Test
  void shouldKeepTheFirstNeuronsOfTheLabelsThatCount() {
    HalfRanking half = half(RankingMethod.CONTRIBUTION, 2);

    assertThat(half.labels()[0]).containsExactly(0, 3);
    assertThat(half.labels()[1]).isEmpty();
    assertThat(half.labels()[2]).isEmpty();
    assertThat(half.labels()[3]).isNull();
  }

  @Test
  void shouldHoldFewerNeuronsWhereFewerAreRanked() {
    assertThat(half(RankingMethod.CONTRIBUTION, 4).overall()).hasSize(2);
    assertThat(half(RankingMethod.LCA, 4).overall()).hasSize(3);
  }

  private static HalfRanking half(RankingMethod method, int k) {
    return HalfRanking.of(new ProbeRanker(method, 20), WEIGHTS, NEURONS, COUNTS, k);
  }
}
