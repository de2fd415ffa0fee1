package io.salient.lca.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.ArrayMatrix;
import io.salient.lca.drift.PlantedCheckpoints.Fits;
import io.salient.lca.drift.RankingChange.Outcome;
import io.salient.lca.probe.FitSettings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Planted drifts get their verdict, through the real fits (METHOD 6.9). */
class PlantedDriftTest {
  private static final int SPLITS = 5;
  private static final double STRENGTH = 1.6;

  private static PlantedCheckpoints corpus;
  private static ArrayMatrix before;
  private static Fits baseline;

  @BeforeAll
  static void fitTheBaseline() {
    corpus = new PlantedCheckpoints(3_000, 1);
    before = corpus.carriedBy(1, STRENGTH, 2);
    baseline = corpus.fit(before, SPLITS);
  }

  @Test
  void shouldCallTheSameActivationsStable() {
    ConceptDrift drift = drift(before);

    assertThat(drift.verdict()).contains(Verdict.STABLE);
    assertThat(drift.ranking().similarity().orElseThrow().distance()).isZero();
    assertThat(rho(drift)).isCloseTo(1, within(1e-12));
    assertThat(drift.place().orElseThrow().bySplit()).containsOnly(0);
  }

  @Test
  void shouldHardlySeeTinyNoise() {
    ConceptDrift drift = drift(corpus.shaken(before, .05, 9));

    assertThat(rho(drift)).isGreaterThan(.98);
    assertThat(drift.verdict()).contains(Verdict.STABLE);
  }

  @Test
  void shouldNotDependOnWhenFitsOfHalvesStop() {
    // given: a gap of 1e-4 in place of 1e-3
    FitSettings closer = PlantedCheckpoints.SETTINGS.withEnd(1e-4, 10_000);
    ArrayMatrix shaken = corpus.shaken(before, .5, 9);

    // when
    ConceptDrift drift = drift(shaken);
    ConceptDrift closely =
        corpus.drift(corpus.fit(before, SPLITS, closer), corpus.fit(shaken, SPLITS, closer));

    // then
    assertThat(rho(closely)).isCloseTo(rho(drift), within(.03));
  }

  @Test
  void shouldCallPermutedUnitsMovedButNotRelocated() {
    ConceptDrift drift = drift(corpus.permuted(before, 1, 5));

    assertThat(drift.ranking().outcome()).isEqualTo(Outcome.MOVED);
    assertThat(drift.place().orElseThrow().isRelocated()).isFalse();
  }

  @Test
  void shouldTellAMoveOfHalfOfTheRolesTwoLayersUp() {
    ConceptDrift drift = drift(corpus.halfRaised(before, 1));

    assertThat(drift.verdict()).contains(Verdict.RELOCATED);
    assertThat(drift.place().orElseThrow().mean()).isPositive();
  }

  @Test
  void shouldTellARotationWithinALayer() {
    ConceptDrift drift = drift(corpus.rotated(before, 1, 4));

    assertThat(drift.verdict()).contains(Verdict.RE_ENCODED);
  }

  @Test
  void shouldTellForgetting() {
    assertThat(drift(corpus.ofNoise(3)).verdict()).contains(Verdict.FORGOTTEN);
  }

  @Test
  void shouldCallShuffledLabelsForgotten() {
    assertThat(drift(corpus.shuffled(before, 6)).verdict()).contains(Verdict.FORGOTTEN);
  }

  private static ConceptDrift drift(ArrayMatrix checkpoint) {
    return corpus.drift(baseline, corpus.fit(checkpoint, SPLITS));
  }

  private static double rho(ConceptDrift drift) {
    return drift.ranking().similarity().orElseThrow().rho();
  }
}
