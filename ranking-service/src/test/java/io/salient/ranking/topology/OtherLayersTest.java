package io.salient.ranking.topology;

import static io.salient.ranking.topology.GivenHalves.HERE;
import static io.salient.ranking.topology.GivenHalves.replicates;
import static io.salient.ranking.topology.GivenHalves.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.ranking.Probes;
import io.salient.schemas.ResultKey.Kind;
import io.salient.schemas.avro.KnowledgeState;
import io.salient.schemas.avro.Movement;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.ReplicateRankings;
import io.salient.schemas.avro.Verdict;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A checkpoint of 4 layers x 6 units against one of 3 x 4. */
class OtherLayersTest {
  private static final int LAYERS = 4;
  private static final int HIDDEN = 6;
  private static final List<Integer> LAST_LAYER = List.of(18, 19, 20, 21);

  private final RankingDriver driver = new RankingDriver();

  @AfterEach
  void close() {
    driver.close();
  }

  @Test // I19: hidden size changes in one run
  void shouldCompareByRelativeLayerAndByWhatANewProbeKnows() {
    // given, when: both lie in the embeddings' output
    sendBaseline();
    send(HERE, 90);

    // then
    for (Kind kind : List.of(Kind.DRIFT_BASELINE, Kind.DRIFT_PREVIOUS)) {
      NeuronDrift drift = driver.drift(20, kind);
      assertThat(drift.getK()).as("neurons have no counterpart").isZero();
      assertThat(drift.getEntered()).isEmpty();
      assertThat(drift.getSpearman()).isNull();
      assertThat(drift.getJudgement().getOutcome()).isEqualTo(Movement.NONE);
      assertThat(drift.getJudgement().getReason()).isEqualTo("other-layers");
      assertThat(drift.getLabelDrifts()).isEmpty();
      assertThat(drift.getPlace().getRelative()).isTrue();
      assertThat(drift.getPlace().getMean()).isZero();
      assertThat(drift.getKnowledge().getState()).isEqualTo(KnowledgeState.KEPT);
      assertThat(drift.getKnowledge().getRegained()).as("no old probe").isNull();
      assertThat(drift.getTransferAccuracy()).isNull();
      assertThat(drift.getRelative().getHistogramBefore()).hasSize(Probes.LAYERS);
      assertThat(drift.getRelative().getHistogramAfter()).hasSize(LAYERS);
      assertThat(drift.getVerdict()).isEqualTo(Verdict.NONE);
      assertThat(drift.getVerdictReason())
          .contains("different sizes or layers: only place and knowledge are compared");
    }
  }

  @Test
  void shouldSayRelocatedAndForgottenAllTheSame() {
    sendBaseline();

    send(LAST_LAYER, 90);
    NeuronDrift relocated = driver.drift(20, Kind.DRIFT_BASELINE);
    assertThat(relocated.getVerdict()).isEqualTo(Verdict.RELOCATED);
    assertThat(relocated.getPlace().getMean()).isCloseTo(1, within(1e-9));
    assertThat(relocated.getPlace().getThreshold()).isCloseTo(0.02, within(1e-9));

    send(HERE, 25);
    assertThat(driver.drift(20, Kind.DRIFT_BASELINE).getVerdict()).isEqualTo(Verdict.FORGOTTEN);
  }

  @Test
  void shouldSayNothingWithoutTheCertificatesOfTheHalves() {
    sendBaseline();
    send(LAST_LAYER, 25);
    assertThat(driver.drift(20, Kind.DRIFT_BASELINE).getVerdict()).isEqualTo(Verdict.FORGOTTEN);

    driver.send("run/upos", wider(replicates(20, LAST_LAYER, false)));

    NeuronDrift drift = driver.drift(20, Kind.DRIFT_BASELINE);
    assertThat(drift.getVerdict()).isEqualTo(Verdict.NONE);
    assertThat(drift.getPlace()).isNull();
    assertThat(drift.getVerdictReason()).contains("salient.probe.max-evaluations");
  }

  @Test
  void shouldSayNothingOfPlacesWhereOnlySomeLayersWereLookedAt() {
    // given: the last of the layers looked at is not the last of the model
    sendBaseline();

    // when
    Probes fit = Probes.atStep(20);
    List<Integer> numbers = List.of(0, 1, 2, 5);
    driver.send(
        fit.key(),
        ReplicateRankings.newBuilder(wider(replicates(20, LAST_LAYER, true)))
            .setLayerNumbers(numbers)
            .build());
    for (int label = 0; label < Probes.LABELS.size(); label++) {
      driver.send(fit.key(), fit.classProbe(label, weights(label)));
    }
    driver.send(
        fit.key(),
        ProbeReport.newBuilder(report(20, 90, 90))
            .setLayers(LAYERS)
            .setHiddenSize(HIDDEN)
            .setLayerNumbers(numbers)
            .build());

    // then
    NeuronDrift drift = driver.drift(20, Kind.DRIFT_BASELINE);
    assertThat(drift.getVerdict()).isEqualTo(Verdict.NONE);
    assertThat(drift.getPlace()).isNull();
    assertThat(drift.getVerdictReason()).contains("salient.extractor.layers");
  }

  private void sendBaseline() {
    Probes zero = Probes.atStep(0);
    driver.send(zero.key(), replicates(0, HERE, true));
    zero.records().stream().limit(3).forEach(probe -> driver.send(zero.key(), probe));
    driver.send(zero.key(), report(0, 90, 90));
  }

  private void send(List<Integer> list, int right) {
    Probes fit = Probes.atStep(20);
    driver.send(fit.key(), wider(replicates(20, list, true)));
    for (int label = 0; label < Probes.LABELS.size(); label++) {
      driver.send(fit.key(), fit.classProbe(label, weights(label)));
    }
    driver.send(
        fit.key(),
        ProbeReport.newBuilder(report(20, 90, right))
            .setLayers(LAYERS)
            .setHiddenSize(HIDDEN)
            .build());
  }

  private static ReplicateRankings wider(ReplicateRankings halves) {
    return ReplicateRankings.newBuilder(halves).setLayers(LAYERS).setHiddenSize(HIDDEN).build();
  }

  private static float[] weights(int label) {
    float[] weights = new float[LAYERS * HIDDEN];
    IntStream.range(0, 4).forEach(i -> weights[4 * label + i] = 1 + i);
    return weights;
  }
}
