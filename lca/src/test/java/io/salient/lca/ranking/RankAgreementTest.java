package io.salient.lca.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankAgreementTest {
  @Test
  void shouldAverageTheOverlapOverDepths() {
    // given: orders 0 1 2 3 and 1 0 3 2
    NeuronRanking a = NeuronRanking.ofScores(new double[] {0, 1, 2, 3});
    NeuronRanking b = NeuronRanking.ofScores(new double[] {1, 0, 3, 2});

    // then: 0/1, 2/2, 2/3, 4/4
    assertThat(RankAgreement.averageOverlap(a, b, 1)).isZero();
    assertThat(RankAgreement.averageOverlap(a, b, 2)).isEqualTo(0.5);
    assertThat(RankAgreement.averageOverlap(a, b, 4))
        .isCloseTo((0 + 1 + 2.0 / 3 + 1) / 4, within(1e-12));
    assertThat(RankAgreement.averageOverlap(a, a, 3)).isEqualTo(1);
  }

  @Test
  void shouldBeNearChanceForRandomRankings() {
    // given
    Random random = new Random(1);
    double sum = 0;
    for (int i = 0; i < 200; i++) {
      sum += RankAgreement.averageOverlap(ranking(random), ranking(random), 50);
    }

    // then: (k + 1) / 2D = 0.051
    assertThat(sum / 200).isCloseTo(0.051, within(0.006));
  }

  private static NeuronRanking ranking(Random random) {
    return NeuronRanking.ofScores(random.doubles(500).toArray());
  }

  @Test
  void shouldLetRankingsVote() {
    // given: places 0 1 2, 1 0 2 and 0 2 1
    List<NeuronRanking> rankings =
        List.of(
            NeuronRanking.ofScores(new double[] {0, 1, 2}),
            NeuronRanking.ofScores(new double[] {1, 0, 2}),
            NeuronRanking.ofScores(new double[] {0, 2, 1}));

    // when
    NeuronRanking vote = RankAgreement.borda(rankings);

    // then: points 8, 6, 4 of 9
    assertThat(vote.order()).containsExactly(0, 1, 2);
    assertThat(vote.scoreOf(0)).isCloseTo(8 / 9.0, within(1e-6));
    assertThat(vote.scoreOf(2)).isCloseTo(4 / 9.0, within(1e-6));
  }

  @Test
  void shouldGiveTiedNeuronsEqualVotes() {
    // given: one ranking knows only that neuron 2 is first
    NeuronRanking coarse = NeuronRanking.ofScores(new double[] {1, 1, 0});
    NeuronRanking fine = NeuronRanking.ofScores(new double[] {2, 1, 0});

    // then
    assertThat(RankAgreement.borda(List.of(coarse)).scoreOf(0))
        .isEqualTo(RankAgreement.borda(List.of(coarse)).scoreOf(1));
    assertThat(RankAgreement.borda(List.of(coarse, fine)).order()).containsExactly(2, 1, 0);
  }

  @Test
  void shouldRefuseRankingsOfOtherNeurons() {
    NeuronRanking three = NeuronRanking.ofScores(new double[3]);
    NeuronRanking four = NeuronRanking.ofScores(new double[4]);
    assertThatThrownBy(() -> RankAgreement.averageOverlap(three, four, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RankAgreement.borda(List.of(three, four)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
