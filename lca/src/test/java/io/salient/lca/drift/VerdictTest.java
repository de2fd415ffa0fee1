package io.salient.lca.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.ArrayMatrix;
import io.salient.lca.drift.PlantedCheckpoints.Fits;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Planted drifts get their verdict, through the real fits. */
class VerdictTest {
  private static final int REPLICATES = 10;
  private static final double STRENGTH = 1.6;

  private static PlantedCheckpoints corpus;
  private static ArrayMatrix before;
  private static Fits baseline;

  @BeforeAll
  static void fitTheBaseline() {
    corpus = new PlantedCheckpoints(3_000, 1);
    before = corpus.carriedBy(1, STRENGTH, 2);
    baseline = corpus.fit(before, 1 + REPLICATES);
  }

  @Test
  void shouldCallTheSameActivationsStable() {
    Judgement judgement = corpus.judge(baseline, corpus.fit(before, 1));

    assertThat(judgement.verdict()).contains(Verdict.STABLE);
    assertThat(judgement.similarities().calibrated(judgement.observed().similarity()).orElseThrow())
        .isBetween(-3.0, 3.0);
  }

  @Test
  void shouldCallOtherNoiseOnTheSameNeuronsStable() {
    assertThat(verdict(corpus.carriedBy(1, STRENGTH, 3))).contains(Verdict.STABLE);
  }

  @Test
  void shouldTellAMoveToAnotherLayer() {
    assertThat(verdict(corpus.carriedBy(3, STRENGTH, 3))).contains(Verdict.RELOCATED);
  }

  @Test
  void shouldTellARotationWithinALayer() {
    assertThat(verdict(corpus.rotated(before, 1, 4))).contains(Verdict.RE_ENCODED);
  }

  @Test
  void shouldTellForgetting() {
    assertThat(verdict(corpus.ofNoise(3))).contains(Verdict.FORGOTTEN);
  }

  @Test
  void shouldTellAnOtherOrderOfNeuronsThatTheBaselineProbeStillReads() {
    // given: of six copies of a strong signal, the ones that were weakest are now strongest
    double strong = 4;
    Fits baseline = corpus.fit(corpus.carriedBy(1, strong, 2), 1 + REPLICATES);
    Fits reordered = corpus.fit(corpus.weightedOtherwise(1, strong, 3), 1);

    // when, then
    assertThat(corpus.judge(baseline, reordered).verdict()).contains(Verdict.REORDERED);
  }

  private static Optional<Verdict> verdict(ArrayMatrix checkpoint) {
    return corpus.judge(baseline, corpus.fit(checkpoint, 1)).verdict();
  }
}
