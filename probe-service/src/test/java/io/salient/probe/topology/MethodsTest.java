package io.salient.probe.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.ranking.RankingMethod;
import io.salient.probe.PlantedCheckpoint;
import io.salient.schemas.LevelCodec;
import io.salient.schemas.WeightCodec;
import io.salient.schemas.avro.MethodAgreement;
import io.salient.schemas.avro.MethodOverlap;
import io.salient.schemas.avro.MethodRanking;
import io.salient.schemas.avro.Neuron;
import io.salient.schemas.avro.NeuronChoice;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.ProbeReport;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agreement of methods and chosen neurons, from blocks to reports. */
class MethodsTest {
  private static final List<RankingMethod> OTHERS =
      List.of(
          RankingMethod.LCA,
          RankingMethod.NEUROX,
          RankingMethod.PROBELESS,
          RankingMethod.MEAN_SELECT,
          RankingMethod.GAUSSIAN,
          RankingMethod.IOU,
          RankingMethod.AVERAGE_PRECISION);

  @TempDir Path folder;

  @Test
  void shouldSayHowFarEveryMethodAgreesWithTheFirst() {
    MethodAgreement agreement = evaluation(OTHERS, "mass:0.5").getAgreement();
    assertThat(agreement.getDepth()).isEqualTo(PlantedCheckpoint.WIDTH);
    assertThat(agreement.getMethods())
        .extracting(MethodRanking::getMethod)
        .containsExactly(
            "contribution",
            "lca",
            "neurox",
            "probeless",
            "mean-select",
            "gaussian",
            "iou",
            "average-precision");
    for (MethodRanking method : agreement.getMethods()) {
      // one label's first neuron is the planted one; for iou the other label has another
      assertThat(method.getRanking().stream().limit(2).map(n -> n.getLayer() + ":" + n.getUnit()))
          .as(method.getMethod())
          .contains("1:2");
    }
    assertThat(agreement.getOverlaps()).hasSize(8 * 7 / 2);
    assertThat(agreement.getOverlaps())
        .extracting(MethodOverlap::getAverageOverlap)
        .allMatch(overlap -> overlap > 1.0 / PlantedCheckpoint.WIDTH && overlap <= 1);
    assertThat(agreement.getBorda().getFirst().getUnit()).isEqualTo(2);
    assertThat(agreement.getBorda().getFirst().getLayer()).isEqualTo(1);
  }

  @Test
  void shouldListTheNeuronsThatASelectorChooses() {
    NeuronChoice choice = evaluation(List.of(), "mass:0.5").getSelection();

    assertThat(choice.getSelector()).isEqualTo("mass:0.5");
    assertThat(choice.getNeurons()).hasSize(choice.getSize()).contains(new Neuron(1, 2));
    assertThat(choice.getPerLabel()).hasSize(2);
    assertThat(choice.getPerLabel())
        .allSatisfy(label -> assertThat(label.getNeurons().getFirst()).isEqualTo(new Neuron(1, 2)));
  }

  @Test
  void shouldCompareNothingUnlessAskedTo() {
    try (ProbeDriver driver = new ProbeDriver(folder)) {
      driver.sendAll(new PlantedCheckpoint(0)).settle();

      assertThat(driver.evaluations(0, "planted").getLast().getAgreement()).isNull();
      assertThat(driver.evaluations(0, "planted").getLast().getSelection()).isNull();
    }
  }

  @Test
  void shouldPublishWhatNeuronsContributeAndHowNearTheyAreToAWeight() {
    try (ProbeDriver driver = new ProbeDriver(folder)) {
      driver.sendAll(new PlantedCheckpoint(0)).settle();

      ProbeReport report = driver.reports(0, "planted").getLast();
      float[] contributions =
          WeightCodec.decode(report.getContributions(), PlantedCheckpoint.WIDTH);
      int most =
          IntStream.range(0, PlantedCheckpoint.WIDTH)
              .reduce(0, (a, b) -> contributions[b] > contributions[a] ? b : a);
      assertThat(most).isEqualTo(PlantedCheckpoint.PLANTED_NEURON);
      assertThat(LevelCodec.decode(report.getEntryLevels())).hasSize(PlantedCheckpoint.WIDTH);
    }
  }

  private ProbeEvaluation evaluation(List<RankingMethod> others, String select) {
    try (ProbeDriver driver =
        new ProbeDriver(folder, ProbeDriver.Options.DEFAULTS.withRankings(others, select))) {
      driver.sendAll(new PlantedCheckpoint(0)).settle();
      assertThat(driver.evaluations(0, "single").getLast().getAgreement()).isNull();
      return driver.evaluations(0, "planted").getLast();
    }
  }
}
