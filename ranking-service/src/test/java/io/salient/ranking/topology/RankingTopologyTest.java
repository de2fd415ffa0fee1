package io.salient.ranking.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.drift.RankSimilarity;
import io.salient.lca.ranking.LcaRanker;
import io.salient.lca.ranking.NeuronRanking;
import io.salient.lca.ranking.NeuroxRanker;
import io.salient.ranking.Probes;
import io.salient.schemas.ResultKey.Kind;
import io.salient.schemas.avro.ClassProbe;
import io.salient.schemas.avro.LabelNeurons;
import io.salient.schemas.avro.MovedNeuron;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.PolysemousNeuron;
import io.salient.schemas.avro.RankedNeuron;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.schemas.avro.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RankingTopologyTest {
  private final RankingDriver driver = new RankingDriver(5);

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void shouldRankACompleteProbe() {
    // given
    Probes fit = Probes.atStep(20);

    // when
    driver.send(fit);

    // then
    NeuronRanking expected = LcaRanker.rank(fit.weights(), new int[3], 0).orElseThrow();
    SalientNeurons neurons = driver.neurons(20);
    assertThat(neurons.getReport()).isEqualTo(fit.report());
    assertThat(neurons.getCheckpointId()).isEqualTo("id20");
    assertThat(neurons.getRanking().stream().map(n -> n.getLayer() * Probes.HIDDEN + n.getUnit()))
        .containsExactly(
            expected.neuronAt(0),
            expected.neuronAt(1),
            expected.neuronAt(2),
            expected.neuronAt(3),
            expected.neuronAt(4));
    assertThat(neurons.getRanking().getFirst().getScore()).isZero();
    assertThat(neurons.getPerLabel())
        .extracting(LabelNeurons::getLabel)
        .containsExactly("A", "B", "C");
    assertThat(neurons.getHistogramSize()).isEqualTo(5);
    assertThat(neurons.getLayerHistogram().stream().mapToInt(i -> i).sum()).isEqualTo(5);
    assertThat(neurons.getMeanLayer())
        .isEqualTo(
            neurons.getRanking().stream().mapToInt(RankedNeuron::getLayer).average().orElseThrow());
    assertThat(driver.collected()).isZero();
  }

  @Test
  void shouldCallChosenLayersByTheModelsOwnNumbers() {
    // given: the model's layers 0, 6 and 12
    List<Integer> layers = List.of(0, 6, 12);
    Probes fit = Probes.atStep(20);

    // when
    fit.records().stream().limit(3).forEach(probe -> driver.send(fit.key(), probe));
    driver.send(fit.key(), fit.reportBuilder().setLayerNumbers(layers).build());

    // then
    NeuronRanking expected = LcaRanker.rank(fit.weights(), new int[3], 0).orElseThrow();
    SalientNeurons neurons = driver.neurons(20);
    assertThat(
            neurons.getRanking().stream()
                .map(n -> layers.indexOf(n.getLayer()) * Probes.HIDDEN + n.getUnit()))
        .containsExactlyElementsOf(Arrays.stream(expected.top(5)).boxed().toList());
    assertThat(neurons.getPerLabel())
        .allSatisfy(
            label ->
                assertThat(label.getNeurons())
                    .isNotEmpty()
                    .allMatch(n -> layers.contains(n.getLayer())));
    assertThat(neurons.getPolysemous()).allMatch(n -> layers.contains(n.getLayer()));
    assertThat(neurons.getLayerHistogram()).hasSize(3);
    assertThat(neurons.getMeanLayer())
        .isEqualTo(
            neurons.getRanking().stream().mapToInt(RankedNeuron::getLayer).average().orElseThrow());
    assertThat(neurons.getMeanLayer()).isGreaterThan(2);
  }

  @Test
  void shouldRefuseLayerNumbersThatCannotBe() {
    Probes fit = Probes.atStep(20);

    driver.send(fit.key(), fit.reportBuilder().setLayerNumbers(List.of(0, 6)).build());
    driver.send(fit.key(), fit.reportBuilder().setLayerNumbers(List.of(6, 0, 12)).build());

    assertThat(driver.deadLetters()).hasSize(2);
  }

  @Test
  void shouldRankInTheStepsOfNeuroxWhereTheReportSaysSo() {
    // given
    Probes fit = Probes.atStep(20);
    NeuroxRanker expected = new NeuroxRanker(Probes.WIDTH);
    Arrays.stream(fit.weights()).forEach(expected::add);

    // when
    sendRankedBy(fit, "neurox");

    // then
    assertThat(ranking(20)).isEqualTo(expected.ranking().orElseThrow().top(5));
  }

  @Test
  void shouldAddUpTheDistancesOfTheLabelsForProbeless() {
    // given
    Probes fit = Probes.atStep(20);
    float[] sums = new float[Probes.WIDTH];
    for (float[] row : fit.weights()) {
      for (int d = 0; d < sums.length; d++) {
        sums[d] += row[d] / 2;
      }
    }

    // when
    sendRankedBy(fit, "probeless");

    // then
    assertThat(ranking(20)).isEqualTo(NeuronRanking.ofSaliences(sums).top(5));
    assertThat(driver.neurons(20).getReport().getMethod()).isEqualTo("probeless");
  }

  private void sendRankedBy(Probes fit, String method) {
    for (int label = 0; label < Probes.LABELS.size(); label++) {
      driver.send(fit.key(), fit.classProbe(label));
    }
    driver.send(fit.key(), fit.reportBuilder().setMethod(method).build());
  }

  private int[] ranking(long step) {
    return driver.neurons(step).getRanking().stream()
        .mapToInt(n -> n.getLayer() * Probes.HIDDEN + n.getUnit())
        .toArray();
  }

  @Test
  void shouldRefuseAMethodThatIsNotKnown() {
    // given
    Probes fit = Probes.atStep(20);

    // when
    sendRankedBy(fit, "astrology");

    // then
    assertThat(driver.deadLetters()).hasSize(1);
    assertThat(driver.results()).isEmpty();
  }

  @Test
  void shouldListTheNeuronsOfALabelByWeight() {
    // given
    Probes fit = Probes.atStep(0);
    float[] weights = {0, -4, 0, 0, 3, 0, 0, 0, 0, 0, 1, 0};

    // when
    driver.send(fit.key(), fit.classProbe(0, weights));
    driver.send(fit.key(), fit.classProbe(1));
    driver.send(fit.key(), fit.classProbe(2));
    driver.send(fit.key(), fit.report());

    // then
    LabelNeurons label = driver.neurons(0).getPerLabel().getFirst();
    assertThat(label.getCount()).isEqualTo(30);
    assertThat(label.getMassSetSize()).isEqualTo(1);
    assertThat(label.getNeurons())
        .extracting(n -> n.getLayer() + "." + n.getUnit())
        .containsExactly("0.1", "1.0", "2.2");
    assertThat(label.getNeurons()).extracting(n -> n.getWeight()).containsExactly(-4f, 3f, 1f);
    assertThat(label.getNeurons()).extracting(n -> n.getMass()).containsExactly(0.5, 0.875, 1.0);
  }

  @Test
  void shouldNotDependOnTheOrderOfProbesAndReport() {
    // given
    Probes fit = Probes.atStep(20);
    driver.send(fit);
    byte[] expected = driver.results().get(RankingDriver.key(20, Kind.NEURONS));
    Random random = new Random(3);

    for (int round = 0; round < 10; round++) {
      try (RankingDriver other = new RankingDriver(5)) {
        // when
        List<SpecificRecord> records = new ArrayList<>(fit.records());
        Collections.shuffle(records, random);
        records.forEach(record -> other.send(fit.key(), record));

        // then
        assertThat(other.results().get(RankingDriver.key(20, Kind.NEURONS))).isEqualTo(expected);
        assertThat(other.collected()).isZero();
      }
    }
  }

  @Test
  void shouldWaitForEveryLabelWithTrainWords() {
    // given
    Probes fit = Probes.atStep(20);

    // when
    driver.send(fit.key(), fit.classProbe(0));
    driver.send(fit.key(), fit.report());
    driver.send(fit.key(), fit.classProbe(2));

    // then
    assertThat(driver.results()).isEmpty();
    assertThat(driver.collected()).isEqualTo(3);
  }

  @Test
  void shouldNotWaitForLabelsWithoutTrainWords() {
    // given
    Probes fit = Probes.atStep(20);
    driver.send(fit.key(), fit.classProbe(0));
    driver.send(fit.key(), fit.classProbe(1));

    // when
    driver.send(
        fit.key(),
        fit.reportBuilder()
            .setLabels(List.of(Probes.label("A", 30), Probes.label("B", 30), Probes.label("C", 0)))
            .build());

    // then
    assertThat(driver.neurons(20).getPerLabel()).hasSize(2);
  }

  @Test
  void shouldLeaveRareLabelsOutOfTheUnionAndSaySo() {
    // given
    Probes fit = Probes.atStep(20);
    fit.records().stream().limit(3).forEach(probe -> driver.send(fit.key(), probe));

    // when
    driver.send(
        fit.key(),
        fit.reportBuilder()
            .setLabels(List.of(Probes.label("A", 30), Probes.label("B", 19), Probes.label("C", 20)))
            .build());

    // then
    int[] order = LcaRanker.rank(fit.weights(), new int[] {30, 19, 20}, 20).orElseThrow().top(5);
    assertThat(driver.neurons(20).getRanking())
        .extracting(n -> n.getLayer() * Probes.HIDDEN + n.getUnit())
        .containsExactly(order[0], order[1], order[2], order[3], order[4]);
    assertThat(driver.neurons(20).getPerLabel())
        .extracting(LabelNeurons::getBelowMinimum)
        .containsExactly(false, true, false);
  }

  @Test
  void shouldSayWhyThereIsNoRankingWhenNoLabelQualifies() {
    // given
    driver.send(Probes.atStep(0));
    Probes fit = Probes.atStep(20);
    fit.records().stream().limit(3).forEach(probe -> driver.send(fit.key(), probe));

    // when
    driver.send(fit.key(), fit.reportBuilder().setMinLabelCount(1000).build());

    // then
    SalientNeurons neurons = driver.neurons(20);
    assertThat(neurons.getRanking()).isEmpty();
    assertThat(neurons.getLayerHistogram()).containsExactly(0, 0, 0);
    assertThat(neurons.getReport().getNotes())
        .containsExactly(
            "nothing is ranked: no label has at least 1000 train words and a weight other than"
                + " zero");
    assertThat(driver.drift(20, Kind.DRIFT_BASELINE)).isNull();
  }

  @Test
  void shouldCompareWithTheBaselineAndTheStepBefore() {
    // given
    Probes first = Probes.atStep(0);
    Probes second = Probes.atStep(20);
    Probes third = Probes.atStep(60);

    // when
    driver.send(first).send(second);
    third.records().stream().limit(3).forEach(probe -> driver.send(third.key(), probe));
    driver.send(
        third.key(), third.reportBuilder().setTransferAccuracy(0.7).setTransferFrom("id0").build());

    // then
    NeuronDrift baseline = driver.drift(60, Kind.DRIFT_BASELINE);
    NeuronRanking before = LcaRanker.rank(first.weights(), new int[3], 0).orElseThrow();
    NeuronRanking after = LcaRanker.rank(third.weights(), new int[3], 0).orElseThrow();
    assertThat(baseline.getOtherStep()).isZero();
    assertThat(baseline.getOtherCheckpointId()).isEqualTo("id0");
    assertThat(baseline.getK()).isEqualTo(5);
    assertThat(baseline.getFinal$()).isTrue();
    assertThat(baseline.getJaccard())
        .isEqualTo(RankSimilarity.jaccard(before.order(), after.order(), 5));
    assertThat(baseline.getJaccardChance()).isEqualTo(5 / 19.0);
    assertThat(baseline.getRbo())
        .isEqualTo(
            RankSimilarity.rbo(before.order(), after.order(), RankSimilarity.persistence(5)));
    assertThat(baseline.getSpearman())
        .isEqualTo(
            RankSimilarity.spearman(before.scores(), after.scores()).orElseThrow(), within(1e-12));
    assertThat(baseline.getMeanLayerShift())
        .isEqualTo(
            driver.neurons(60).getMeanLayer() - driver.neurons(0).getMeanLayer(), within(1e-12));
    assertThat(baseline.getAccuracyBefore()).isEqualTo(0.9);
    assertThat(baseline.getAccuracyAfter()).isEqualTo(third.report().getAccuracy());
    assertThat(baseline.getTransferAccuracy()).isEqualTo(0.7);
    assertThat(baseline.getEntered()).hasSameSizeAs(baseline.getLeft());
    assertThat(baseline.getEntered()).allMatch(n -> n.getRankAfter() <= 5 && n.getRankBefore() > 5);
    assertThat(baseline.getLeft()).allMatch(n -> n.getRankBefore() <= 5 && n.getRankAfter() > 5);
    assertThat(baseline.getEntered()).extracting(MovedNeuron::getRankAfter).isSorted();

    NeuronDrift previous = driver.drift(60, Kind.DRIFT_PREVIOUS);
    assertThat(previous.getOtherStep()).isEqualTo(20);
    assertThat(previous.getTransferAccuracy()).isNull();
    assertThat(driver.drift(0, Kind.DRIFT_BASELINE)).isNull();
    assertThat(driver.drift(0, Kind.DRIFT_PREVIOUS)).isNull();
  }

  @Test // F19
  void shouldEndWithTheSameResultsWhateverTheOrderOfSteps() {
    // given: a flagged baseline in the middle, provisional fits, and a step saved twice
    List<Probes> fits =
        List.of(
            Probes.atStep(0).seen(0.1f),
            Probes.atStep(0),
            Probes.atStep(500),
            Probes.atStep(1000).asBaseline(),
            Probes.atStep(1500).seen(0.5f),
            Probes.atStep(1500),
            Probes.atStep(500).ofCheckpoint("resaved").announced(9000));
    fits.forEach(driver::send);
    Map<String, byte[]> expected = driver.results();
    assertThat(expected).hasSize(4 + 3 + 3);

    Random random = new Random(8);
    for (int round = 0; round < 30; round++) {
      try (RankingDriver other = new RankingDriver(5)) {
        // when
        List<Probes> shuffled = new ArrayList<>(fits);
        Collections.shuffle(shuffled, random);
        shuffled.forEach(other::send);

        // then
        assertThat(other.results()).containsExactlyEntriesOf(expected);
      }
    }
  }

  @Test
  void shouldRemoveADriftThatNoLongerHolds() {
    // given: step 20 drifted from step 0
    driver.send(Probes.atStep(0)).send(Probes.atStep(20));
    assertThat(driver.drift(20, Kind.DRIFT_BASELINE)).isNotNull();

    // when: the same checkpoint is announced again, as the baseline
    driver.send(Probes.atStep(20).asBaseline().announced(99));

    // then
    assertThat(driver.drift(20, Kind.DRIFT_BASELINE)).isNull();
    assertThat(driver.drift(0, Kind.DRIFT_BASELINE).getOtherStep()).isEqualTo(20);
  }

  @Test
  void shouldReplaceProvisionalResultsAndIgnoreLateOnes() {
    // given
    Probes last = Probes.atStep(20);

    // when
    driver.send(last.seen(0.25f));

    // then
    assertThat(driver.neurons(20).getReport().getFinal$()).isFalse();
    assertThat(driver.neurons(20).getReport().getCoverage()).isEqualTo(0.25f);

    // when
    driver.send(last).send(last.seen(0.5f));

    // then
    assertThat(driver.neurons(20).getReport().getFinal$()).isTrue();
    assertThat(driver.superseded).isEqualTo(1);
  }

  @Test
  void shouldForgetTheWaitingProbesOfLowerCoverage() {
    // given: a provisional fit that was never completed
    Probes fit = Probes.atStep(20);
    driver.send(fit.key(), fit.seen(0.25f).classProbe(0));

    // when
    driver.send(fit);

    // then
    assertThat(driver.collected()).isZero();
  }

  @Test
  void shouldForgetWhatIsNeverCompleted() {
    // given: one probe without its report
    Probes fit = Probes.atStep(20);
    driver.send(fit.key(), fit.classProbe(0));

    // when: two hours of stream time pass
    Probes later = Probes.atStep(60);
    driver.sendAt(Probes.START.plusSeconds(7_200), later.key(), later.classProbe(0));

    // then
    assertThat(driver.forgotten).isEqualTo(1);
    assertThat(driver.collected()).isEqualTo(1);
  }

  @Test // F18
  void shouldKeepBothCheckpointsOfAResavedStep() {
    // given
    Probes old = Probes.atStep(20).ofCheckpoint("old").announced(1);
    Probes resaved = Probes.atStep(20).ofCheckpoint("new").announced(2);

    // when: the one announced first is ranked last
    driver.send(resaved).send(old);

    // then
    assertThat(driver.neurons(20).getCheckpointId()).isEqualTo("new");
    KeptRankings kept = driver.kept();
    assertThat(kept.neurons().get(StoreKeys.checkpoint(old.report()))).isNotNull();
    assertThat(kept.neurons().get(StoreKeys.checkpoint(resaved.report()))).isNotNull();
  }

  @Test
  void shouldRenewTheReportWhenItComesAgainWithoutItsProbes() {
    // given: the baseline is ranked last, so that transfer is known only then
    Probes fit = Probes.atStep(20);
    driver.send(fit).send(Probes.atStep(0));
    SalientNeurons before = driver.neurons(20);

    // when
    driver.send(
        fit.key(), fit.reportBuilder().setTransferAccuracy(0.6).setTransferFrom("id0").build());

    // then
    assertThat(driver.neurons(20).getReport().getTransferAccuracy()).isEqualTo(0.6);
    assertThat(driver.neurons(20).getRanking()).isEqualTo(before.getRanking());
    assertThat(driver.drift(20, Kind.DRIFT_BASELINE).getTransferAccuracy()).isEqualTo(0.6);
  }

  @Test
  void shouldGiveTheSameBytesForTheSameInputTwice() {
    // given
    driver.send(Probes.atStep(0)).send(Probes.atStep(20));
    Map<String, byte[]> once = Map.copyOf(driver.results());

    // when
    driver.send(Probes.atStep(0)).send(Probes.atStep(20));

    // then
    assertThat(driver.results()).containsExactlyInAnyOrderEntriesOf(once);
  }

  @Test // I19: hidden size changes in one run
  void shouldNotCompareModelsOfDifferentWidth() {
    // given
    driver.send(Probes.atStep(0));
    Probes wider = Probes.atStep(20);

    // when
    for (int label = 0; label < 3; label++) {
      driver.send(wider.key(), wider.classProbe(label, new float[] {1, 2, 3, 4, 5, 6}));
    }
    driver.send(wider.key(), wider.reportBuilder().setHiddenSize(2).build());

    // then
    assertThat(driver.neurons(20)).isNotNull();
    assertThat(driver.drift(20, Kind.DRIFT_BASELINE)).isNull();
  }

  @Test
  void shouldKeepConceptsAndRunsApart() {
    // when
    driver.send(Probes.atStep(0)).send(Probes.atStep(20).ofConcept("xpos"));
    driver.send(Probes.atStep(20).ofRun("run2"));

    // then
    assertThat(driver.results().keySet())
        .containsExactly("run/upos/0/neurons", "run/xpos/20/neurons", "run2/upos/20/neurons");
  }

  @Test
  void shouldCopyTheNewestStatus() {
    // given
    Probes fit = Probes.atStep(20);

    // when: EXTRACTING comes after FITTING
    driver.send("run", fit.status(Stage.EXTRACTING, 1));
    driver.send("run", fit.status(Stage.FITTING, 3));
    driver.send("run", fit.status(Stage.EXTRACTING, 2));

    // then
    RunStatus status = (RunStatus) driver.result("run/-/20/status");
    assertThat(status).isEqualTo(fit.status(Stage.FITTING, 3));
  }

  @Test // F20
  void shouldKeepResultsBelowTheRecordLimit() {
    try (RankingDriver wide = new RankingDriver(500)) {
      // given: 60 labels of 9,984 neurons
      int labels = 60;
      Probes fit = Probes.atStep(20);
      List<io.salient.schemas.avro.LabelReport> reports = new ArrayList<>();
      Random random = new Random(1);
      for (int label = 0; label < labels; label++) {
        reports.add(Probes.label("label" + label, 30));
        float[] weights = new float[9_984];
        for (int g = 0; g < weights.length; g++) {
          weights[g] = (float) random.nextGaussian();
        }
        ClassProbe probe =
            ClassProbe.newBuilder(fit.classProbe(0, weights))
                .setLabel("label" + label)
                .setLabelIndex(label)
                .build();
        wide.send(fit.key(), probe);
      }

      // when
      wide.send(
          fit.key(),
          fit.reportBuilder().setLayers(13).setHiddenSize(768).setLabels(reports).build());

      // then
      byte[] bytes = wide.results().get(RankingDriver.key(20, Kind.NEURONS));
      assertThat(bytes.length).isLessThan(NeuronReport.MAX_BYTES);
      assertThat(wide.neurons(20).getPerLabel().getFirst().getNeurons()).hasSize(500);
      assertThat(wide.neurons(20).getPolysemousCount()).isGreaterThan(9_000);
      assertThat(wide.neurons(20).getPolysemous()).hasSizeBetween(500, 5_000);
    }
  }

  @Test
  void shouldListNeuronsOfSeveralLabels() {
    // given: A and B share neuron (1, 2), B and a rare label C share (2, 0)
    Probes fit = Probes.atStep(20);
    float[] both = new float[Probes.WIDTH];
    both[6] = 3;
    float[] second = both.clone();
    second[8] = -2.9f;
    float[] rare = new float[Probes.WIDTH];
    rare[8] = 1;
    driver.send(fit.key(), fit.classProbe(0, both));
    driver.send(fit.key(), fit.classProbe(1, second));
    driver.send(fit.key(), fit.classProbe(2, rare));

    // when
    driver.send(
        fit.key(),
        fit.reportBuilder()
            .setLabels(List.of(Probes.label("A", 30), Probes.label("B", 30), Probes.label("C", 19)))
            .build());

    // then
    assertThat(driver.neurons(20).getPolysemous())
        .containsExactly(new PolysemousNeuron(1, 2, List.of(0, 1)));
    assertThat(driver.neurons(20).getPolysemousCount()).isEqualTo(1);
  }

  @Test
  void shouldCallNoNeuronPolysemousByAMethodThatDoesNotTellLabelsApart() {
    // given: every label has the same scores
    Probes fit = Probes.atStep(20);
    for (int label = 0; label < 3; label++) {
      driver.send(fit.key(), fit.classProbe(label, fit.weights()[0]));
    }

    // when
    driver.send(fit.key(), fit.reportBuilder().setMethod("gaussian").build());

    // then
    assertThat(driver.neurons(20).getPolysemousCount()).isZero();
    assertThat(driver.neurons(20).getRanking()).isNotEmpty();
  }

  @Test // F24: names of nodes, stores and topics are part of the contract
  void shouldKeepItsShape() throws IOException {
    Path golden = Path.of("src/test/resources/ranking-topology.txt");
    String description =
        RankingDriver.topology(100, RankingMetrics.NONE).build().describe().toString();
    if (Boolean.getBoolean("salient.golden.write")) {
      Files.writeString(golden, description);
    }
    assertThat(description).isEqualTo(Files.readString(golden));
  }
}
