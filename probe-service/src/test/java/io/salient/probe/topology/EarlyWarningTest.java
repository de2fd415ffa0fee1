package io.salient.probe.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.probe.PlantedCheckpoint;
import io.salient.probe.training.Tier;
import io.salient.schemas.avro.ActivationBlock;
import io.salient.schemas.avro.EarlyWarning;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.MethodRanking;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.RankedNeuron;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rankings that are known before any fit, from blocks to records of the probes topic. */
class EarlyWarningTest {
  private final PlantedCheckpoint checkpoint = new PlantedCheckpoint(0);

  @TempDir Path folder;

  @Test
  void shouldRankThePlantedNeuronFirstByEveryMethodBeforeAnyFit() {
    try (ProbeDriver driver = driver("one")) {
      // when
      driver.sendAll(checkpoint).settle();

      // then
      assertThat(driver.earlyWarnings(0, "planted")).hasSize(1);
      EarlyWarning warning = driver.earlyWarnings(0, "planted").getFirst();
      assertThat(warning.getCoverage()).isEqualTo(1);
      assertThat(warning.getMethods())
          .extracting(MethodRanking::getMethod)
          .containsExactly("probeless", "mean-select");
      for (MethodRanking method : warning.getMethods()) {
        assertThat(method.getRanking()).hasSize(PlantedCheckpoint.WIDTH);
        RankedNeuron first = method.getRanking().getFirst();
        assertThat(first.getLayer() * 4 + first.getUnit())
            .isEqualTo(PlantedCheckpoint.PLANTED_NEURON);
      }
      List<SpecificRecord> sent = driver.sent();
      assertThat(sent.indexOf(warning)).isLessThan(sent.indexOf(driver.lastReport(0, "planted")));
      assertThat(warning.getTrainWords())
          .isEqualTo(driver.lastReport(0, "planted").getTrainWords());
    }
  }

  @Test
  void shouldCallChosenLayersByTheModelsOwnNumbers() {
    // given: the two layers are the model's 6 and 12
    ExtractionStarted started = checkpoint.started();
    started.setLayerNumbers(List.of(6, 12));
    try (ProbeDriver driver = driver("one")) {
      // when
      driver.send(started);
      checkpoint.blocks().forEach(driver::send);
      driver.settle();

      // then
      EarlyWarning warning = driver.earlyWarnings(0, "planted").getLast();
      assertThat(warning.getLayers()).isEqualTo(2);
      assertThat(warning.getLayerNumbers()).containsExactly(6, 12);
      RankedNeuron first = warning.getMethods().getFirst().getRanking().getFirst();
      assertThat(first.getLayer()).isEqualTo(12);
      assertThat(first.getUnit()).isEqualTo(2);
    }
  }

  @Test
  void shouldRankAgainAsRowsComeInEachTimeBeforeTheFit() {
    try (ProbeDriver driver = driver("one")) {
      // when: a block is a tenth of the words
      driver.send(checkpoint.started());
      checkpoint.blocks().forEach(block -> driver.send(block).settle());

      // then: at first too few train words of a label have come for any ranking
      assertThat(driver.fits)
          .containsExactly(
              Tier.EARLY,
              Tier.PROVISIONAL,
              Tier.EARLY,
              Tier.PROVISIONAL,
              Tier.EARLY,
              Tier.PROVISIONAL,
              Tier.EARLY,
              Tier.FINAL,
              Tier.EVALUATION);
      assertThat(driver.earlyWarnings(0, "planted"))
          .extracting(EarlyWarning::getCoverage)
          .containsExactly(0.5f, 1f);
    }
  }

  @Test
  void shouldSayTheSameWhateverTheOrderTheDuplicatesAndARestart() {
    // given
    EarlyWarning expected;
    try (ProbeDriver driver = driver("one")) {
      driver.sendAll(checkpoint).settle();
      expected = driver.earlyWarnings(0, "planted").getLast();
    }
    List<ActivationBlock> blocks = new ArrayList<>(checkpoint.blocks());
    blocks.addAll(checkpoint.blocks().subList(2, 7));
    Collections.shuffle(blocks, new Random(3));

    // when: statistics grow with the rows, and are lost half way
    try (ProbeDriver driver = driver("two")) {
      driver.send(checkpoint.started());
      blocks.subList(0, 8).forEach(block -> driver.send(block).settle());
      driver.crash();
      blocks.subList(8, blocks.size()).forEach(block -> driver.send(block).settle());

      // then
      assertThat(driver.earlyWarnings(0, "planted").getLast()).isEqualTo(expected);
    }
  }

  @Test
  void shouldSayNothingOfAConceptThatCannotBeRanked() {
    try (ProbeDriver driver = driver("one")) {
      driver.sendAll(checkpoint).settle();

      assertThat(driver.earlyWarnings(0, "single")).isEmpty();
    }
  }

  @Test
  void shouldKeepQuietWhenSwitchedOff() {
    try (ProbeDriver driver = new ProbeDriver(folder)) {
      driver.sendAll(checkpoint).settle();

      assertThat(driver.earlyWarnings(0, "planted")).isEmpty();
      assertThat(driver.reports(0, "planted")).extracting(ProbeReport::getFinal$).contains(true);
      assertThat(driver.fits).doesNotContain(Tier.EARLY);
    }
  }

  private ProbeDriver driver(String name) {
    return new ProbeDriver(folder.resolve(name), ProbeDriver.Options.DEFAULTS.withEarlyWarning());
  }
}
