package io.salient.ranking.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.ranking.Probes;
import io.salient.schemas.DeadLetterReason;
import io.salient.schemas.ResultKey.Kind;
import io.salient.schemas.avro.HalfRanking;
import io.salient.schemas.avro.LabelDrift;
import io.salient.schemas.avro.LabelReport;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.NullSimilarity;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.Provenance;
import io.salient.schemas.avro.ReplicateRankings;
import io.salient.schemas.avro.Verdict;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Noise and verdict in the drift of a run whose baseline is step 0. Label C is rare. */
class DriftNoiseTest {
  private static final List<Integer> HERE = List.of(0, 1, 2, 3);
  private static final List<Integer> TURNED = List.of(3, 2, 1, 0);
  private static final List<Integer> ELSEWHERE = List.of(8, 9, 10, 11);

  private final RankingDriver driver = new RankingDriver();

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void shouldCallASameRankingStableAndTellItsNoise() {
    NeuronDrift drift = drift(HERE, 27, 27);

    assertThat(drift.getVerdict()).isEqualTo(Verdict.STABLE);
    assertThat(drift.getVerdictReason()).isEmpty();
    assertThat(drift.getNoise().getReplicates()).isEqualTo(5);
    assertThat(drift.getNoise().getMeanSimilarity()).isCloseTo(0.96, within(1e-9));
    assertThat(drift.getNoise().getSimilarity()).isCloseTo(1, within(1e-9));
    assertThat(drift.getPValue()).isEqualTo(1);
    assertThat(drift.getCalibratedDrift()).isNegative();
  }

  @Test
  void shouldTellEveryDriftByItsSignals() {
    assertThat(drift(TURNED, 27, 27).getVerdict()).isEqualTo(Verdict.REORDERED);
    assertThat(drift(TURNED, 3, 27).getVerdict()).isEqualTo(Verdict.RE_ENCODED);
    assertThat(drift(ELSEWHERE, 3, 27).getVerdict()).isEqualTo(Verdict.RELOCATED);
    assertThat(drift(ELSEWHERE, 3, 3).getVerdict()).isEqualTo(Verdict.FORGOTTEN);
  }

  @Test
  void shouldJudgeTheLabelsThatCountOnTheirOwn() {
    NeuronDrift drift = drift(ELSEWHERE, 3, 27);

    assertThat(drift.getLabelDrifts()).extracting(LabelDrift::getLabel).containsExactly("A", "B");
    assertThat(drift.getLabelDrifts().getFirst().getVerdict()).isEqualTo(Verdict.RELOCATED);
    assertThat(drift.getLabelDrifts().getFirst().getTransferF1()).isLessThan(0.2);
    assertThat(drift.getLabelDrifts().getFirst().getPValue()).isCloseTo(1 / 6.0, within(1e-9));
  }

  @Test
  void shouldNotLetARareLabelDriveAVerdict() {
    // given: of the rare label, none of 900 test words is right any more
    send(0, HERE, report(0, 27, 27, 900));
    send(20, HERE, report(20, 27, 27, 0));

    // when, then
    assertThat(driver.drift(20, Kind.DRIFT_BASELINE).getVerdict()).isEqualTo(Verdict.STABLE);
  }

  @Test
  void shouldSayWhyThereIsNoVerdict() {
    // given
    driver.send(Probes.atStep(0)).send(Probes.atStep(20));
    assertReason("no replicates of step 0 were published");

    // when, then
    send(0, HERE, without(report(0, 27, 27, 0)));
    assertReason("salient.probe.replicates is 0");

    send(0, HERE, report(0, 27, 27, 0), List.of());
    send(20, HERE, report(20, 27, 27, 0));
    assertReason("null similarities");

    send(0, HERE, report(0, 27, 27, 0), List.of(nullOf(0.9)));
    send(20, HERE, report(20, 27, 27, 0));
    assertReason("at least 2");
    assertThat(driver.drift(20, Kind.DRIFT_BASELINE).getPValue()).isEqualTo(1);
  }

  /** The drift comes at once; its noise when the replicates of both sides are there. */
  @Test
  void shouldCompleteADriftWhenItsNoiseComesInWhateverOrder() {
    // given: both ranked, with noise to come
    Probes zero = Probes.atStep(0);
    Probes twenty = Probes.atStep(20);
    for (Probes fit : List.of(zero, twenty)) {
      fit.records().stream().limit(3).forEach(probe -> driver.send(fit.key(), probe));
    }
    driver.send(zero.key(), later(report(0, 27, 27, 0)));
    driver.send(twenty.key(), later(report(20, 27, 27, 0)));
    assertPending("step 0 is still being measured");

    // when: the newest step's comes first, as its nulls are the baseline's
    driver.send(twenty.key(), replicates(20, HERE, List.of()));
    assertPending("step 0 is still being measured");
    driver.send(zero.key(), replicates(0, HERE, List.of(nullOf(0.94), nullOf(0.96))));

    // then
    NeuronDrift completed = driver.drift(20, Kind.DRIFT_BASELINE);
    assertThat(completed.getVerdict()).isEqualTo(Verdict.STABLE);
    assertThat(completed.getNoisePending()).isFalse();

    // and: the same as with the noise first
    try (RankingDriver other = new RankingDriver()) {
      other.send(zero.key(), replicates(0, HERE, List.of(nullOf(0.94), nullOf(0.96))));
      other.send(twenty.key(), replicates(20, HERE, List.of()));
      for (Probes fit : List.of(zero, twenty)) {
        fit.records().stream().limit(3).forEach(probe -> other.send(fit.key(), probe));
      }
      other.send(zero.key(), later(report(0, 27, 27, 0)));
      other.send(twenty.key(), later(report(20, 27, 27, 0)));
      assertThat(other.results()).containsExactlyInAnyOrderEntriesOf(driver.results());
    }
  }

  /** The step before is compared by the nulls of a baseline that is neither of the two. */
  @Test
  void shouldCompleteTheDriftOfTwoOtherStepsWithTheBaselinesNulls() {
    send(20, HERE, later(report(20, 27, 27, 0)));
    send(60, HERE, later(report(60, 27, 27, 0)));
    Probes zero = Probes.atStep(0);
    zero.records().stream().limit(3).forEach(probe -> driver.send(zero.key(), probe));
    driver.send(zero.key(), later(report(0, 27, 27, 0)));
    assertThat(driver.drift(60, Kind.DRIFT_PREVIOUS).getNoisePending()).isTrue();

    driver.send(zero.key(), replicates(0, HERE, List.of(nullOf(0.94), nullOf(0.96))));

    assertThat(driver.drift(60, Kind.DRIFT_PREVIOUS).getNoise().getReplicates()).isEqualTo(2);
    assertThat(driver.drift(60, Kind.DRIFT_PREVIOUS).getNoisePending()).isFalse();
  }

  /** What could not be measured says so, and nobody waits for it. */
  @Test
  void shouldNotWaitForNoiseThatCannotBeMeasured() {
    send(0, HERE, later(report(0, 27, 27, 0)));
    send(20, HERE, later(report(20, 27, 27, 0)));

    ReplicateRankings failed =
        ReplicateRankings.newBuilder(replicates(20, HERE, List.of()))
            .setHalves(List.of())
            .setProblem("its activations were removed")
            .build();
    driver.send("run/upos", failed);

    assertReason("its activations were removed");
    assertThat(driver.drift(20, Kind.DRIFT_BASELINE).getNoisePending()).isFalse();
  }

  private void assertPending(String reason) {
    assertReason(reason);
    assertThat(driver.drift(20, Kind.DRIFT_BASELINE).getNoisePending()).isTrue();
  }

  private static ProbeReport later(ProbeReport report) {
    return ProbeReport.newBuilder(report).setTiers(List.of("noise")).build();
  }

  @Test
  void shouldGiveNoVerdictAgainstAStepWhoseProbeWasNotApplied() {
    drift(HERE, 27, 27);
    send(60, HERE, report(60, 27, 27, 0));

    NeuronDrift drift = driver.drift(60, Kind.DRIFT_PREVIOUS);
    assertThat(drift.getNoise().getReplicates()).isEqualTo(5);
    assertThat(drift.getVerdict()).isEqualTo(Verdict.NONE);
    assertThat(drift.getVerdictReason()).contains("not applied");
  }

  @Test
  void shouldRefuseReplicatesThatAreNoRankings() {
    ReplicateRankings twice = replicates(0, List.of(4, 4), List.of());
    ReplicateRankings outside = replicates(0, List.of(12), List.of());
    driver.send("run/upos", twice);
    driver.send("run/upos", outside);

    assertThat(driver.counted)
        .containsExactly(DeadLetterReason.INVALID_FIELD, DeadLetterReason.INVALID_FIELD);
  }

  private void assertReason(String reason) {
    NeuronDrift drift = driver.drift(20, Kind.DRIFT_BASELINE);
    assertThat(drift.getVerdict()).isEqualTo(Verdict.NONE);
    assertThat(drift.getVerdictReason()).contains(reason);
  }

  /** Step 20 against step 0; of 30 words of each label that counts, so many are right. */
  private NeuronDrift drift(List<Integer> first, int transferred, int right) {
    send(0, HERE, report(0, 27, 27, 0));
    send(20, first, report(20, transferred, right, 0));
    return driver.drift(20, Kind.DRIFT_BASELINE);
  }

  private void send(long step, List<Integer> first, ProbeReport report) {
    List<NullSimilarity> nulls =
        step == 0
            ? List.of(nullOf(0.94), nullOf(0.95), nullOf(0.96), nullOf(0.97), nullOf(0.98))
            : List.of();
    send(step, first, report, nulls);
  }

  private void send(
      long step, List<Integer> first, ProbeReport report, List<NullSimilarity> nulls) {
    Probes fit = Probes.atStep(step);
    driver.send(fit.key(), replicates(step, first, nulls));
    fit.records().stream().limit(3).forEach(probe -> driver.send(fit.key(), probe));
    driver.send(fit.key(), report);
  }

  private static ReplicateRankings replicates(
      long step, List<Integer> first, List<NullSimilarity> nulls) {
    Probes fit = Probes.atStep(step);
    HalfRanking half = new HalfRanking(first, List.of(first, first, List.of()));
    return ReplicateRankings.newBuilder()
        .setRun(fit.run())
        .setStep(step)
        .setCheckpointId(fit.checkpointId())
        .setConcept(fit.concept())
        .setLayers(Probes.LAYERS)
        .setHiddenSize(Probes.HIDDEN)
        .setK(4)
        .setLabels(Probes.LABELS)
        .setHalves(List.of(half, half))
        .setNulls(nulls)
        .build();
  }

  private static NullSimilarity nullOf(double similarity) {
    return new NullSimilarity(
        similarity,
        0.1,
        List.of((float) similarity, (float) similarity, Float.NaN),
        List.copyOf(Collections.nCopies(3, 0.1f)));
  }

  private static ProbeReport report(long step, int transferred, int right, int rareRight) {
    return Probes.atStep(step)
        .reportBuilder()
        .setTransferFrom(step == 0 ? "" : "id0")
        .setLabels(
            Arrays.asList(
                label("A", 300, 300, 10 * transferred, 10 * right),
                label("B", 300, 300, 10 * transferred, 10 * right),
                label("C", 10, 900, rareRight, rareRight)))
        .build();
  }

  private static LabelReport label(String label, int train, int test, int transferred, int right) {
    double share = (double) right / test;
    return LabelReport.newBuilder()
        .setLabel(label)
        .setTrainCount(train)
        .setDevCount(3)
        .setTestCount(test)
        .setRecall(share)
        .setPrecision(right == 0 ? null : share)
        .setF1(share)
        .setTransferRight(transferred)
        .setTransferSaid(test)
        .build();
  }

  private static ProbeReport without(ProbeReport report) {
    Provenance provenance =
        Provenance.newBuilder(report.getProvenance())
            .setSettings(Map.of("replicates", "0"))
            .build();
    return ProbeReport.newBuilder(report).setProvenance(provenance).build();
  }
}
