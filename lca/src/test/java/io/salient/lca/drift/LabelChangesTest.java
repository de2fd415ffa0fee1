package io.salient.lca.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.drift.RankingChange.Outcome;
import io.salient.lca.drift.RankingChange.Reason;
import io.salient.lca.drift.ReferenceLists.Sides;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LabelChangesTest {
  private static final TruncatedOverlap OVERLAP = TruncatedOverlap.ofFirst(ReferenceLists.K);
  private static final RankingChange SAME = between(0, 2, 2);
  private static final RankingChange MOVED = between(60, 2, 2);

  @Test // false_discovery_control(p, method="by") of SciPy 1.17 rejects 1st, 3rd and last at .05
  void shouldRejectWhatBenjaminiAndYekutieliReject() {
    assertThat(BenjaminiYekutieli.reject(new double[] {.001, .2, .004, .03, .5, .0002}, .05))
        .containsExactly(true, false, true, false, false, true);
    assertThat(BenjaminiYekutieli.reject(new double[0], .05)).isEmpty();
    assertThat(BenjaminiYekutieli.reject(new double[] {.05}, .05)).containsExactly(true);
  }

  @Test
  void shouldShrinkVariancesOfFourLabelsAndMore() {
    // given: variances .01329636 and .05828853 in the reference, three labels and one
    List<RankingChange> own = List.of(SAME, SAME, SAME, MOVED);

    // when
    List<RankingChange> changes = LabelChanges.of(own);

    // then: (4 mean + 4 v) / 8 with 8 degrees of freedom
    double mean = (3 * .01329636 + .05828853) / 4;
    SplitVariance variance = variance(changes.get(0));
    assertThat(variance.value()).isCloseTo((mean + .01329636) / 2, within(1e-7));
    assertThat(variance.degreesOfFreedom()).isEqualTo(8);
    assertThat(variance(changes.get(3)).value()).isCloseTo((mean + .05828853) / 2, within(1e-7));
    assertThat(changes).extracting(RankingChange::outcome).last().isEqualTo(Outcome.MOVED);
  }

  @Test
  void shouldJudgeFewerLabelsByTheirOwnVariance() {
    List<RankingChange> changes = LabelChanges.of(List.of(SAME, SAME, MOVED));

    assertThat(variance(changes.get(0)).degreesOfFreedom()).isEqualTo(4);
    assertThat(variance(changes.get(2)).value()).isCloseTo(.05828853, within(1e-7));
    assertThat(changes.get(2).outcome()).isEqualTo(Outcome.MOVED);
  }

  @Test
  void shouldAskForMoreOfManyLabelsThanOfOne() {
    // given: p = .005 says moved alone, not among 60 labels
    RankingChange little = with(.7);
    double p = LabelChanges.pValue(little.similarity().orElseThrow());
    assertThat(p).isBetween(.001, .05);

    // when
    List<RankingChange> many =
        LabelChanges.of(
            Stream.concat(Stream.of(little), Collections.nCopies(59, with(1)).stream()).toList());

    // then
    assertThat(LabelChanges.of(List.of(little)).getFirst().outcome()).isEqualTo(Outcome.MOVED);
    assertThat(many.getFirst().outcome()).isEqualTo(Outcome.UNDECIDED);
  }

  @Test
  void shouldLeaveAloneWhatIsNotMeasured() {
    RankingChange torn =
        new RankingChange(Outcome.UNDECIDED, Reason.NOT_REPRODUCIBLE, Optional.empty());
    RankingChange gone = new RankingChange(Outcome.MOVED, Reason.VANISHED, Optional.empty());

    assertThat(LabelChanges.of(List.of(torn, MOVED, gone))).first().isSameAs(torn);
    assertThat(LabelChanges.of(List.of(torn, MOVED, gone))).last().isSameAs(gone);
  }

  @Test // t.cdf of SciPy 1.17
  void shouldGiveTheDistributionOfStudent() {
    SplitVariance variance = new SplitVariance(.01, 8, 5);
    double rho = .9 * Math.exp(-.3 * variance.error());

    assertThat(LabelChanges.pValue(similarity(rho, variance))).isCloseTo(.385912, within(1e-6));
    assertThat(SplitVariance.t(1)).isCloseTo(6.313752, within(1e-6));
    assertThat(SplitVariance.t(4)).isCloseTo(2.131847, within(1e-6));
    assertThat(SplitVariance.t(184)).isCloseTo(1.653177, within(1e-6));
  }

  private static RankingChange with(double rho) {
    return RankingChange.of(rho < .8, similarity(rho, new SplitVariance(.005, 4, 5)));
  }

  private static DisattenuatedSimilarity similarity(double rho, SplitVariance variance) {
    double[] within = {.5, .5, .5, .5, .5};
    double[] across = new double[5];
    Arrays.fill(across, rho / 2);
    return new DisattenuatedSimilarity(
        new SplitSimilarities(within, within, across), rho, Optional.of(variance));
  }

  private static RankingChange between(int moved, int noiseBefore, int noiseAfter) {
    Sides sides = ReferenceLists.sides(moved, noiseBefore, noiseAfter, 0);
    return RankingChange.between(sides.before(), sides.after(), OVERLAP);
  }

  private static SplitVariance variance(RankingChange change) {
    return change.similarity().orElseThrow().variance().orElseThrow();
  }
}
