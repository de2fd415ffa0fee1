package io.salient.lca.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MethodAgreementTest {
  private static final NeuronRanking UP = NeuronRanking.ofScores(new double[] {0, 1, 2, 3});
  private static final NeuronRanking DOWN = NeuronRanking.ofScores(new double[] {3, 2, 1, 0});

  @Test
  void shouldCompareEveryTwoMethodsInTheirOrder() {
    // given
    Map<RankingMethod, NeuronRanking> rankings = new LinkedHashMap<>();
    rankings.put(RankingMethod.PROBELESS, UP);
    rankings.put(RankingMethod.LCA, UP);
    rankings.put(RankingMethod.IOU, DOWN);

    // when
    MethodAgreement agreement = MethodAgreement.of(rankings);

    // then: 0, 0, 2 in common of 3, all
    double opposite = (0 + 0 + 2 / 3.0 + 1) / 4;
    assertThat(agreement.depth()).isEqualTo(4);
    assertThat(agreement.overlaps())
        .containsExactly(
            new MethodAgreement.Overlap(RankingMethod.PROBELESS, RankingMethod.LCA, 1),
            new MethodAgreement.Overlap(RankingMethod.PROBELESS, RankingMethod.IOU, opposite),
            new MethodAgreement.Overlap(RankingMethod.LCA, RankingMethod.IOU, opposite));
    assertThat(agreement.borda().order())
        .isEqualTo(RankAgreement.borda(List.of(UP, UP, DOWN)).order());
  }

  @Test
  void shouldRefuseToCompareOneMethodWithNone() {
    assertThatThrownBy(() -> MethodAgreement.of(Map.of(RankingMethod.LCA, UP)))
        .hasMessageContaining("nothing to compare");
  }
}
