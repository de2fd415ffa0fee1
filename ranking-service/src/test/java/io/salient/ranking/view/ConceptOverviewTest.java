package io.salient.ranking.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.ranking.Probes;
import io.salient.schemas.avro.EarlyWarning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a row of the overview says of a concept. */
class ConceptOverviewTest {
  private static final String PENDING = "pending";

  @Test
  void shouldTellTheVerdictAndTheStepThatItHoldsSince() {
    // given: steps 0, 10, 20, ..; the first is the baseline
    ConceptOverview row = row(null, "stable", "weakened", "weakened", "stable", "stable");

    assertThat(row.said()).isEqualTo(new ConceptOverview.Said("stable", 50L, 40L, null, false));
  }

  @Test
  void shouldTellWhatTheLatestJudgedStepSaysWhileALaterOneIsPending() {
    ConceptOverview row = row(null, "stable", "weakened", PENDING);

    assertThat(row.said()).isEqualTo(new ConceptOverview.Said("weakened", 20L, 20L, null, true));
  }

  @Test
  void shouldTellNothingOfABaselineAlone() {
    assertThat(row((String) null).said())
        .isEqualTo(new ConceptOverview.Said(null, null, null, null, false));
    assertThat(row().said()).isNull();
  }

  @Test
  void shouldTellThatAllIsPendingAndWhyThereIsNoVerdict() {
    assertThat(row(null, PENDING).said())
        .isEqualTo(new ConceptOverview.Said(null, null, null, null, true));
    assertThat(row(null, "").said())
        .isEqualTo(new ConceptOverview.Said(null, 10L, null, "no halves", false));
  }

  @Test
  void shouldNotTakeTheDriftOfOtherWeightsForThatOfAStep() {
    DriftPoint other = drift(10, "other", "stable");

    ConceptOverview row = ConceptOverview.of("upos", ranked(0, 10), List.of(other), null, null);

    assertThat(row.points().getLast().drift()).isNull();
    assertThat(row.said().verdict()).isNull();
  }

  @Test
  void shouldShowAnEarlyRankingUntilItsStepIsRanked() {
    EarlyWarning early = Probes.atStep(20).seen(0.25f).earlyWarning();

    assertThat(ConceptOverview.of("upos", ranked(0, 10), List.of(), null, early).early())
        .isEqualTo(new ConceptOverview.Early(20, 0.25f, early.getK(), null, null));
    assertThat(ConceptOverview.of("upos", ranked(0, 20), List.of(), null, early).early()).isNull();
  }

  @Test
  void shouldCutARowToOnePoint() {
    ConceptOverview row = row(null, "stable", "weakened");

    assertThat(row.at(10).points()).containsExactly(row.points().get(1));
    assertThat(row.at(15).points()).isEmpty();
    assertThat(row.at(10).said()).isEqualTo(row.said());
  }

  /** A row of steps 0, 10, 20, .. with these verdicts: null for no drift, empty for none. */
  private static ConceptOverview row(String... verdicts) {
    long[] steps = new long[verdicts.length];
    List<DriftPoint> drifts = new ArrayList<>();
    for (int i = 0; i < verdicts.length; i++) {
      steps[i] = 10L * i;
      if (verdicts[i] != null) {
        drifts.add(drift(steps[i], "id" + steps[i], verdicts[i]));
      }
    }
    return ConceptOverview.of("upos", ranked(steps), drifts, null, null);
  }

  private static Map<Long, StepConcept> ranked(long... steps) {
    Map<Long, StepConcept> ranked = new TreeMap<>();
    Arrays.stream(steps)
        .forEach(
            step ->
                ranked.put(
                    step,
                    new StepConcept(
                        "upos",
                        "id" + step,
                        true,
                        step == 0,
                        1,
                        0.9,
                        0.4,
                        1.5,
                        null,
                        Instant.EPOCH)));
    return ranked;
  }

  private static DriftPoint drift(long step, String id, String verdict) {
    boolean pending = verdict.equals(PENDING);
    boolean none = verdict.isEmpty();
    return new DriftPoint(
        step,
        id,
        0.97,
        0.9,
        1.02,
        0.1,
        pending || none ? null : verdict,
        none ? "no halves" : null,
        pending);
  }
}
