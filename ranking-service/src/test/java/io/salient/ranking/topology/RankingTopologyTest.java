package io.salient.ranking.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.ranking.LcaRanker;
import io.salient.lca.ranking.NeuronRanking;
import io.salient.ranking.Probes;
import io.salient.schemas.ResultKey.Kind;
import io.salient.schemas.avro.ClassProbe;
import io.salient.schemas.avro.LabelNeurons;
import io.salient.schemas.avro.LabelReport;
import io.salient.schemas.avro.RankedNeuron;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.SalientNeurons;
import io.salient.schemas.avro.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What comes out of a complete probe, and where it goes. */
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
    assertThat(driver.drift(20, Kind.DRIFT_BASELINE).getJaccard()).isZero();
    assertThat(driver.drift(20, Kind.DRIFT_BASELINE).getLeft()).hasSize(5);
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
      List<LabelReport> reports = new ArrayList<>();
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

  @Test // F25: an older program has to be told of every store
  void shouldKeepTheFormatOfEveryStore() throws IOException {
    Set<String> stores = new TreeSet<>();
    Pattern.compile("salient-ranking-[a-z-]+")
        .matcher(Files.readString(Path.of("src/test/resources/ranking-topology.txt")))
        .results()
        .forEach(store -> stores.add(store.group()));
    stores.remove(RankingStores.FORMATS);
    Set<String> kept = new TreeSet<>();
    RankingStores.written().note((key, version) -> kept.add(key.substring(0, key.indexOf('/'))));

    assertThat(kept).isEqualTo(stores).hasSizeGreaterThan(3);
  }
}
