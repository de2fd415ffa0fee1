package io.salient.lca.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.drift.Judgement.Performance;
import io.salient.lca.drift.ReplicateSimilarity.Likeness;
import io.salient.lca.evaluation.Proportion;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoiseFloorTest {
  private static final Performance UNCHANGED = performance(900, 900);

  @Test
  void shouldCalibrateByMeanAndDeviationOfTheNull() {
    // given: mean 0.5, sd 0.1
    NoiseFloor floor = NoiseFloor.of(0.4, 0.5, 0.6);

    // when, then
    assertThat(floor.mean()).isCloseTo(0.5, within(1e-12));
    assertThat(floor.sd()).isCloseTo(0.1, within(1e-12));
    assertThat(floor.calibrated(0.3).orElseThrow()).isCloseTo(2, within(1e-12));
    assertThat(floor.calibrated(0.55).orElseThrow()).isCloseTo(-0.5, within(1e-12));
  }

  @Test
  void shouldCountTheNullsThatAreAsLow() {
    NoiseFloor floor = NoiseFloor.of(0.4, 0.5, 0.6);

    assertThat(floor.pValue(0.1)).isEqualTo(0.25);
    assertThat(floor.pValue(0.5)).isEqualTo(0.75);
    assertThat(floor.pValue(0.9)).isEqualTo(1);
  }

  @Test
  void shouldAskForMoreThanTheLowestRankBeforeItSaysBeyond() {
    // given: t(0.99; 9) = 2.821, so the limit is 3 deviations of the null below its mean
    double[] nulls = {.45, .47, .48, .49, .5, .5, .51, .52, .53, .55};
    NoiseFloor floor = NoiseFloor.of(nulls);

    // when, then
    assertThat(floor.isBeyond(0.44, 0.01, 1e-3)).isFalse();
    assertThat(floor.isBeyond(floor.mean() - 2.9 * floor.sd(), 0.01, 1e-3)).isFalse();
    assertThat(floor.isBeyond(floor.mean() - 3.0 * floor.sd(), 0.01, 1e-3)).isTrue();
  }

  @Test
  void shouldNotBelieveANullThatDoesNotVary() {
    // given
    NoiseFloor floor = NoiseFloor.of(0.5, 0.5, 0.5);

    // when, then: t(0.99; 2) = 6.96, times the resolution
    assertThat(floor.calibrated(0.4)).isEmpty();
    assertThat(floor.isBeyond(0.495, 0.01, 1e-3)).isFalse();
    assertThat(floor.isBeyond(0.49, 0.01, 1e-3)).isTrue();
  }

  @Test
  void shouldGiveNoVerdictOnOneReplicate() {
    assertThatThrownBy(() -> NoiseFloor.of(0.5).isBeyond(0.1, 0.01, 1e-3))
        .isInstanceOf(IllegalStateException.class);

    Judgement judgement =
        judge(List.of(new Likeness(0.5, 0)), new Likeness(0.1, 0), UNCHANGED).orElseThrow();
    assertThat(judgement.verdict()).isEmpty();
    assertThat(judgement.similarities().pValue(0.1)).isEqualTo(0.5);
  }

  @Test
  void shouldGiveNothingWithoutReplicatesOrWithAnEmptyRanking() {
    Likeness some = new Likeness(0.5, 0);

    assertThat(judge(List.of(), some, UNCHANGED)).isEmpty();
    assertThat(judge(List.of(some, some), null, UNCHANGED)).isEmpty();
    assertThat(judge(Collections.nCopies(3, null), some, UNCHANGED)).isEmpty();
  }

  @Test
  void shouldTellTheSignalsApart() {
    List<Likeness> nulls =
        List.of(new Likeness(.6, .3), new Likeness(.62, .2), new Likeness(.64, .25));
    Likeness near = new Likeness(.61, .25);
    Likeness far = new Likeness(.1, .25);
    Likeness elsewhere = new Likeness(.1, 2.5);

    assertThat(verdict(nulls, near, UNCHANGED)).isEqualTo(Verdict.STABLE);
    assertThat(verdict(nulls, far, UNCHANGED)).isEqualTo(Verdict.REORDERED);
    assertThat(verdict(nulls, elsewhere, performance(300, 900))).isEqualTo(Verdict.RELOCATED);
    assertThat(verdict(nulls, far, performance(300, 900))).isEqualTo(Verdict.RE_ENCODED);
    assertThat(verdict(nulls, elsewhere, performance(300, 400))).isEqualTo(Verdict.FORGOTTEN);
  }

  @Test
  void shouldNotTakeALossInsideTheIntervalForForgetting() {
    // given: 1,000 words, 90 to 87.5 %: the interval of the difference reaches below a point
    assertThat(performance(900, 875).newProbeFails()).isFalse();
    assertThat(performance(900, 840).newProbeFails()).isTrue();
    assertThat(performance(900, 1_000).newProbeFails()).isFalse();
  }

  private static Performance performance(int transferred, int after) {
    return new Performance(
        new Proportion(900, 1_000),
        new Proportion(transferred, 1_000),
        new Proportion(after, 1_000));
  }

  private static Verdict verdict(List<Likeness> nulls, Likeness observed, Performance probes) {
    return judge(nulls, observed, probes).orElseThrow().verdict().orElseThrow();
  }

  private static Optional<Judgement> judge(
      List<Likeness> nulls, Likeness observed, Performance probes) {
    return Judgement.of(nulls, observed, Optional.of(probes), Judgement.LEVEL, 0.1);
  }
}
