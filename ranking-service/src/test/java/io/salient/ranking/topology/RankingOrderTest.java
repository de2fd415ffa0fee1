package io.salient.ranking.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.drift.RankSimilarity;
import io.salient.lca.ranking.LcaRanker;
import io.salient.lca.ranking.NeuronRanking;
import io.salient.streams.state.StateFormatException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankingOrderTest {
  @Test
  void shouldKeepOrderAndTies() {
    Random random = new Random(5);
    for (int round = 0; round < 50; round++) {
      // given
      NeuronRanking a = ranking(random);
      NeuronRanking b = ranking(random);

      // when
      RankingOrder keptA = RankingOrder.read(RankingOrder.of(a).bytes());
      RankingOrder keptB = RankingOrder.read(RankingOrder.of(b).bytes());

      // then
      assertThat(keptA.order()).containsExactly(a.order());
      assertThat(keptA.ranks()[a.neuronAt(0)]).isEqualTo(1);
      assertThat(RankSimilarity.spearman(keptA.tiers(), keptB.tiers()).orElseThrow())
          .isEqualTo(RankSimilarity.spearman(a.scores(), b.scores()).orElseThrow(), within(1e-12));
    }
  }

  @Test
  void shouldKeepItsBytes() {
    // given: neurons 1, 0 and 2 in this order, the last two with the same score
    RankingOrder order = RankingOrder.of(NeuronRanking.ofScores(new double[] {0.5, 0, 0.5}));

    // then
    assertThat(HexFormat.of().formatHex(order.bytes()))
        .isEqualTo("02" + "00000003" + "00000003" + "00000001" + "00000000" + "00000002" + "04");
  }

  @Test
  void shouldKeepHowManyNeuronsAreRanked() {
    // given: neurons 1 and 2 have weight
    float[][] weights = {{0, 2, 1, 0}};
    NeuronRanking ranking = LcaRanker.rank(weights, new int[] {1}, 1).orElseThrow();

    // when
    RankingOrder kept = RankingOrder.read(RankingOrder.of(ranking).bytes());

    // then
    assertThat(kept.top(3)).containsExactly(1, 2);
    assertThat(kept.ranked()).containsExactly(1, 2);
    assertThat(kept.order()).containsExactly(1, 2, 0, 3);
  }

  @Test
  void shouldReadTheVersionThatRankedAllNeurons() {
    RankingOrder order =
        RankingOrder.read(
            HexFormat.of()
                .parseHex("01" + "00000003" + "00000001" + "00000000" + "00000002" + "04"));

    assertThat(order.ranked()).containsExactly(1, 0, 2);
    assertThat(order.tiers()).containsExactly(1, 0, 1);
  }

  @Test // F20
  void shouldStayBelowTheRecordLimitForALargeModel() {
    RankingOrder order = RankingOrder.of(NeuronRanking.ofScores(new double[131_072]));

    assertThat(order.bytes().length).isLessThan(900_000);
  }

  @Test // F25
  void shouldRefuseANewerFormat() {
    assertThatThrownBy(() -> RankingOrder.read(new byte[] {3, 0, 0, 0, 0}))
        .isInstanceOf(StateFormatException.class)
        .hasMessageContaining("state format order.3 of salient-ranking-orders, needs");
  }

  private static NeuronRanking ranking(Random random) {
    return NeuronRanking.ofScores(
        random.doubles(40).map(score -> Math.floor(score * 9) / 9).toArray());
  }
}
