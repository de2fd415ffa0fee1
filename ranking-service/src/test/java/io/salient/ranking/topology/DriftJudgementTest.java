package io.salient.ranking.topology;

import static io.salient.ranking.topology.GivenHalves.ELSEWHERE;
import static io.salient.ranking.topology.GivenHalves.HERE;
import static io.salient.ranking.topology.GivenHalves.SPLITS;
import static io.salient.ranking.topology.GivenHalves.TURNED;
import static io.salient.ranking.topology.GivenHalves.ofVersionBefore;
import static io.salient.ranking.topology.GivenHalves.replicates;
import static io.salient.ranking.topology.GivenHalves.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.ranking.Probes;
import io.salient.schemas.DeadLetterReason;
import io.salient.schemas.ResultKey.Kind;
import io.salient.schemas.avro.HalfRanking;
import io.salient.schemas.avro.KnowledgeChange;
import io.salient.schemas.avro.KnowledgeState;
import io.salient.schemas.avro.LabelDrift;
import io.salient.schemas.avro.Movement;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.ReplicateRankings;
import io.salient.schemas.avro.SplitRankings;
import io.salient.schemas.avro.Verdict;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Verdicts of a model of 3 layers x 4 units, by halves and answers that are given. */
class DriftJudgementTest {
  private RankingDriver driver = new RankingDriver();

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void shouldSayStableOfTheSameHalvesAndAnswers() {
    NeuronDrift drift = drift(HERE, 90, 90);

    assertThat(drift.getVerdict()).isEqualTo(Verdict.STABLE);
    assertThat(drift.getVerdictReason()).isEmpty();
    assertThat(drift.getJudgement().getOutcome()).isEqualTo(Movement.STABLE);
    assertThat(drift.getJudgement().getReason()).isEqualTo("limits");
    assertThat(drift.getJudgement().getSplits()).isEqualTo(SPLITS);
    assertThat(drift.getJudgement().getK()).isEqualTo(4);
    assertThat(drift.getJudgement().getRho()).isCloseTo(1, within(1e-9));
    assertThat(drift.getJudgement().getDistance()).isCloseTo(0, within(1e-9));
    assertThat(drift.getPlace().getMean()).isZero();
    assertThat(drift.getKnowledge().getState()).isEqualTo(KnowledgeState.KEPT);
    assertThat(drift.getKnowledge().getGroups()).isEqualTo(20);
  }

  @Test
  void shouldTellEveryDriftByItsSignals() {
    assertThat(drift(TURNED, 90, 90).getVerdict()).isEqualTo(Verdict.REORDERED);
    assertThat(drift(TURNED, 40, 90).getVerdict()).isEqualTo(Verdict.RE_ENCODED);
    assertThat(drift(TURNED, 70, 70).getVerdict()).isEqualTo(Verdict.WEAKENED);
    assertThat(drift(ELSEWHERE, 40, 90).getVerdict()).isEqualTo(Verdict.RELOCATED);
    assertThat(drift(ELSEWHERE, 25, 25).getVerdict()).isEqualTo(Verdict.FORGOTTEN);
  }

  @Test
  void shouldJudgeTheLabelsThatCountOnTheirOwn() {
    NeuronDrift drift = drift(ELSEWHERE, 90, 90);

    assertThat(drift.getLabelDrifts()).extracting(LabelDrift::getLabel).containsExactly("A", "B");
    assertThat(drift.getLabelDrifts().getFirst().getJudgement().getOutcome())
        .isEqualTo(Movement.MOVED);
    assertThat(drift.getLabelDrifts().getFirst().getJudgement().getReason())
        .isEqualTo("nothing-shared");
  }

  /** Of label A a new probe finds less, and the old one less still; of label B all is kept. */
  @Test
  void shouldTellWhatBecameOfWhatWasKnownOfEachLabel() {
    List<LabelDrift> labels = drift(HERE, 50, 70).getLabelDrifts();

    KnowledgeChange ofA = labels.getFirst().getKnowledge();
    assertThat(ofA.getState()).isEqualTo(KnowledgeState.WEAKENED);
    assertThat(ofA.getGroups()).isEqualTo(20);
    // F1 falls from .9 to .7, of which always saying A has .5
    assertThat(ofA.getLost().getRatio()).isCloseTo(0.5, within(0.02));
    assertThat(ofA.getReencoded()).isTrue();
    assertThat(labels.getLast().getKnowledge().getState()).isEqualTo(KnowledgeState.KEPT);
    assertThat(labels.getLast().getKnowledge().getReencoded()).isFalse();
  }

  @Test
  void shouldNotTellOfLabelsWhoseAnswersAreNotKnown() {
    // given: step 0 was fitted by a version before
    ProbeReport before = report(0, 90, 90);
    before.getTestGroups().setLabels(List.of());
    send(0, HERE, before);
    send(20, HERE, report(20, 90, 90));

    NeuronDrift drift = driver.drift(20, Kind.DRIFT_BASELINE);
    assertThat(drift.getLabelDrifts()).extracting(LabelDrift::getKnowledge).containsOnlyNulls();
    assertThat(drift.getKnowledge().getState()).isEqualTo(KnowledgeState.KEPT);
  }

  @Test
  void shouldSayThatARankingVanished() {
    NeuronDrift drift = drift(List.of(), 90, 90);

    assertThat(drift.getVerdict()).isEqualTo(Verdict.REORDERED);
    assertThat(drift.getJudgement().getOutcome()).isEqualTo(Movement.MOVED);
    assertThat(drift.getJudgement().getReason()).isEqualTo("vanished");
  }

  @Test
  void shouldTellOfACheckpointThatRanksNothingAnyMore() {
    // given: no label of step 20 has any weight
    send(0, HERE, report(0, 90, 90));
    Probes fit = Probes.atStep(20);
    driver.send(fit.key(), replicates(20, List.of(), true));
    IntStream.range(0, 3)
        .forEach(l -> driver.send(fit.key(), fit.classProbe(l, new float[Probes.WIDTH])));

    // when
    driver.send(fit.key(), report(20, 90, 90));

    // then
    NeuronDrift drift = driver.drift(20, Kind.DRIFT_BASELINE);
    assertThat(drift.getJudgement().getReason()).isEqualTo("vanished");
    assertThat(drift.getJaccard()).isZero();
    assertThat(drift.getEntered()).isEmpty();
  }

  @Test
  void shouldSayWhyThereIsNoVerdict() {
    // given
    driver.send(Probes.atStep(0)).send(Probes.atStep(20));
    assertReason("no halves of step 0 were published");

    // when, then
    send(0, HERE, without(report(0, 90, 90)));
    assertReason("salient.probe.splits is 0");

    send(0, HERE, report(0, 90, 90));
    Probes twenty = Probes.atStep(20);
    driver.send(twenty.key(), replicates(20, HERE, false));
    assertReason("salient.probe.max-evaluations");

    driver.send(twenty.key(), ofVersionBefore(20));
    assertReason("by an earlier version");

    driver.send(
        twenty.key(),
        ReplicateRankings.newBuilder(replicates(20, HERE, true)).setSentences(49).build());
    assertReason("fewer than 50 sentences");

    driver.send(
        twenty.key(),
        ReplicateRankings.newBuilder(replicates(20, HERE, true))
            .setSplits(replicates(20, HERE, true).getSplits().subList(0, 2))
            .build());
    assertReason("other splits");
  }

  @Test
  void shouldJudgeNoRankingAgainstOneByAnotherMethod() {
    // given: the baseline by lca
    send(0, HERE, report(0, 90, 90));
    ProbeReport byNeurox = ProbeReport.newBuilder(report(20, 90, 90)).setMethod("neurox").build();

    // when: halves and ranking by neurox
    Probes twenty = Probes.atStep(20);
    driver.send(
        twenty.key(),
        ReplicateRankings.newBuilder(replicates(20, HERE, true)).setMethod("neurox").build());
    IntStream.range(0, 3).forEach(l -> driver.send(twenty.key(), twenty.classProbe(l)));
    driver.send(twenty.key(), byNeurox);

    // then
    assertReason("step 0 was ranked by lca, step 20 by neurox");
    assertThat(driver.neurons(20).getReproducibility()).isEqualTo(1, within(1e-9));

    // when: halves by lca, as those of versions before are
    driver.send(twenty.key(), replicates(20, HERE, true));

    // then
    assertThat(driver.neurons(20).getReproducibility()).isNull();
    assertThat(driver.neurons(20).getReproducibilityReason())
        .contains("the halves of step 20 were ranked by lca, its neurons by neurox");
  }

  @Test
  void shouldTellHowFarAnotherHalfFindsARankingBeforeThereIsAnyDrift() {
    // given: the baseline alone
    Probes fit = Probes.atStep(0);
    driver.send(fit);

    // then
    assertThat(driver.neurons(0).getReproducibility()).isNull();
    assertThat(driver.neurons(0).getReproducibilityReason())
        .isEqualTo("no halves of step 0 were published");

    // when: both halves of every split agree
    ReplicateRankings same = replicates(0, HERE, true);
    driver.send(fit.key(), same);

    // then
    assertThat(driver.neurons(0).getReproducibility()).isEqualTo(1, within(1e-9));
    assertThat(driver.neurons(0).getReproducibilityReason()).isEmpty();

    // when
    driver.send(fit.key(), replicates(0, HERE, false));

    // then
    assertThat(driver.neurons(0).getReproducibility()).isNull();
    assertThat(driver.neurons(0).getReproducibilityReason())
        .contains("salient.probe.max-evaluations");

    // when: a report alone renews the ranking
    driver.send(fit.key(), same);
    driver.send(fit.key(), fit.reportBuilder().setTransferAccuracy(0.5).build());

    // then
    assertThat(driver.neurons(0).getReport().getTransferAccuracy()).isEqualTo(0.5);
    assertThat(driver.neurons(0).getReproducibility()).isEqualTo(1, within(1e-9));
  }

  /** Whatever all other halves say. */
  @Test
  void shouldGiveNoVerdictWhereOneSplitHasNoCertificate() {
    // given: forgotten beyond doubt
    send(0, HERE, report(0, 90, 90));
    send(20, ELSEWHERE, report(20, 25, 25));
    assertThat(driver.drift(20, Kind.DRIFT_BASELINE).getVerdict()).isEqualTo(Verdict.FORGOTTEN);

    // when
    ReplicateRankings halves = replicates(0, HERE, true);
    SplitRankings stopped =
        SplitRankings.newBuilder(halves.getSplits().getFirst()).setConverged(false).build();
    halves.setSplits(List.of(halves.getSplits().get(0), halves.getSplits().get(1), stopped));
    driver.send("run/upos", halves);

    // then
    assertReason("salient.probe.max-evaluations");
    NeuronDrift drift = driver.drift(20, Kind.DRIFT_BASELINE);
    assertThat(drift.getJudgement().getReason()).isEqualTo("provisional");
    assertThat(drift.getLabelDrifts()).isEmpty();
    assertThat(drift.getPlace()).isNull();
  }

  /** A half that is not finite silences its own checkpoint, and no other. */
  @Test
  void shouldJudgeTheOthersWhereTheHalvesOfOneAreNotFinite() {
    // given
    send(0, HERE, report(0, 90, 90));
    send(20, TURNED, report(20, 90, 90));
    send(40, TURNED, report(40, 90, 90));

    // when
    driver.send(
        "run/upos",
        ReplicateRankings.newBuilder(replicates(20, TURNED, true))
            .setSplits(List.of())
            .setCounted(List.of())
            .setProblem("the objective of a half is not finite: activations are too large to fit")
            .build());

    // then
    assertReason("not finite");
    assertThat(driver.drift(40, Kind.DRIFT_BASELINE).getVerdict()).isEqualTo(Verdict.REORDERED);
    assertThat(driver.drift(40, Kind.DRIFT_PREVIOUS).getVerdict()).isEqualTo(Verdict.NONE);
  }

  @Test
  void shouldJudgeWhatWaitedWhenTheBaselineComesLast() {
    // given
    send(20, TURNED, report(20, 90, 90));
    send(40, TURNED, report(40, 90, 90));
    assertThat(driver.drift(40, Kind.DRIFT_BASELINE).getOtherStep()).isEqualTo(20);
    assertThat(driver.drift(40, Kind.DRIFT_BASELINE).getVerdict()).isEqualTo(Verdict.STABLE);

    // when
    send(0, HERE, report(0, 90, 90));

    // then
    for (long step : new long[] {20, 40}) {
      NeuronDrift drift = driver.drift(step, Kind.DRIFT_BASELINE);
      assertThat(drift.getOtherStep()).isZero();
      assertThat(drift.getVerdict()).isEqualTo(Verdict.REORDERED);
    }
  }

  /** The drift comes at once; its verdict when the halves of both sides are there. */
  @Test
  void shouldCompleteADriftWhenItsHalvesComeInWhateverOrder() {
    // given: both ranked, with noise to come
    Probes zero = Probes.atStep(0);
    Probes twenty = Probes.atStep(20);
    for (Probes fit : List.of(zero, twenty)) {
      fit.records().stream().limit(3).forEach(probe -> driver.send(fit.key(), probe));
    }
    driver.send(zero.key(), later(report(0, 90, 90)));
    driver.send(twenty.key(), later(report(20, 90, 90)));
    assertPending("step 0 is still being measured");

    // when
    driver.send(twenty.key(), replicates(20, HERE, true));
    assertPending("step 0 is still being measured");
    driver.send(zero.key(), replicates(0, HERE, true));

    // then
    NeuronDrift completed = driver.drift(20, Kind.DRIFT_BASELINE);
    assertThat(completed.getVerdict()).isEqualTo(Verdict.STABLE);
    assertThat(completed.getNoisePending()).isFalse();

    // and: the same as with the halves first
    try (RankingDriver other = new RankingDriver()) {
      other.send(zero.key(), replicates(0, HERE, true));
      other.send(twenty.key(), replicates(20, HERE, true));
      for (Probes fit : List.of(zero, twenty)) {
        fit.records().stream().limit(3).forEach(probe -> other.send(fit.key(), probe));
      }
      other.send(zero.key(), later(report(0, 90, 90)));
      other.send(twenty.key(), later(report(20, 90, 90)));
      assertThat(other.results()).containsExactlyInAnyOrderEntriesOf(driver.results());
    }
  }

  @Test
  void shouldWaitForAllPartsOfTheHalves() {
    // given: labels A and B in records of their own
    send(0, HERE, report(0, 90, 90));
    rank(20, later(report(20, 90, 90)));
    ReplicateRankings whole = replicates(20, HERE, true);

    // when, then
    driver.send("run/upos", part(whole, 1));
    assertPending("step 20 is still being measured");
    driver.send("run/upos", part(whole, 0));
    assertThat(driver.drift(20, Kind.DRIFT_BASELINE).getVerdict()).isEqualTo(Verdict.STABLE);
    assertThat(driver.drift(20, Kind.DRIFT_BASELINE).getLabelDrifts()).hasSize(2);
  }

  private static ReplicateRankings part(ReplicateRankings whole, int label) {
    return ReplicateRankings.newBuilder(whole)
        .setPart(label)
        .setParts(2)
        .setCounted(List.of(label))
        .setSplits(
            whole.getSplits().stream()
                .map(
                    split ->
                        SplitRankings.newBuilder(split)
                            .setFirst(part(split.getFirst(), label))
                            .setSecond(part(split.getSecond(), label))
                            .build())
                .toList())
        .build();
  }

  private static HalfRanking part(HalfRanking half, int label) {
    return new HalfRanking(
        label == 0 ? half.getOverall() : List.of(), List.of(half.getLabels().get(label)));
  }

  /** The step before is judged by its own halves, whatever the baseline does. */
  @Test
  void shouldJudgeAgainstTheStepBeforeWithoutTheBaseline() {
    send(20, TURNED, report(20, 90, 90));
    send(60, TURNED, report(60, 90, 90));

    NeuronDrift drift = driver.drift(60, Kind.DRIFT_PREVIOUS);

    assertThat(drift.getVerdict()).isEqualTo(Verdict.STABLE);
    assertThat(drift.getKnowledge().getRegained()).isNull();
  }

  /** What could not be measured says so, and nobody waits for it. */
  @Test
  void shouldNotWaitForHalvesThatCannotBeFitted() {
    send(0, HERE, later(report(0, 90, 90)));
    send(20, HERE, later(report(20, 90, 90)));

    ReplicateRankings failed =
        ReplicateRankings.newBuilder(replicates(20, HERE, true))
            .setSplits(List.of())
            .setCounted(List.of())
            .setProblem("its activations were removed")
            .build();
    driver.send("run/upos", failed);

    assertReason("its activations were removed");
    assertThat(driver.drift(20, Kind.DRIFT_BASELINE).getNoisePending()).isFalse();
  }

  @Test
  void shouldRefuseReplicatesThatAreNoRankings() {
    driver.send("run/upos", replicates(0, List.of(4, 4), true));
    driver.send("run/upos", replicates(0, List.of(12), true));
    driver.send(
        "run/upos",
        ReplicateRankings.newBuilder(replicates(0, HERE, true)).setCounted(List.of(1, 0)).build());
    driver.send(
        "run/upos", ReplicateRankings.newBuilder(replicates(0, HERE, true)).setPart(1).build());

    assertThat(driver.counted)
        .containsExactlyElementsOf(Collections.nCopies(4, DeadLetterReason.INVALID_FIELD));
  }

  private void assertPending(String reason) {
    assertReason(reason);
    assertThat(driver.drift(20, Kind.DRIFT_BASELINE).getNoisePending()).isTrue();
  }

  private void assertReason(String reason) {
    NeuronDrift drift = driver.drift(20, Kind.DRIFT_BASELINE);
    assertThat(drift.getVerdict()).isEqualTo(Verdict.NONE);
    assertThat(drift.getVerdictReason()).contains(reason);
  }

  private static ProbeReport later(ProbeReport report) {
    return ProbeReport.newBuilder(report).setTiers(List.of("noise")).build();
  }

  /** Step 20 against step 0, in a run of their own. */
  private NeuronDrift drift(List<Integer> list, int transferred, int right) {
    driver.close();
    driver = new RankingDriver();
    send(0, HERE, report(0, 90, 90));
    send(20, list, report(20, transferred, right));
    return driver.drift(20, Kind.DRIFT_BASELINE);
  }

  private void send(long step, List<Integer> list, ProbeReport report) {
    driver.send(Probes.atStep(step).key(), replicates(step, list, true));
    rank(step, report);
  }

  private void rank(long step, ProbeReport report) {
    Probes fit = Probes.atStep(step);
    fit.records().stream().limit(3).forEach(probe -> driver.send(fit.key(), probe));
    driver.send(fit.key(), report);
  }

  private static ProbeReport without(ProbeReport report) {
    return ProbeReport.newBuilder(report).setSplits(0).build();
  }
}
