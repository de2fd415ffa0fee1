package io.salient.probe.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.probe.PlantedCheckpoint;
import io.salient.probe.training.Tier;
import io.salient.schemas.WeightCodec;
import io.salient.schemas.avro.ActivationBlock;
import io.salient.schemas.avro.ClassProbe;
import io.salient.schemas.avro.ExtractionFailed;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.LabelReport;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.Stage;
import io.salient.schemas.avro.TrainingLog;
import io.salient.schemas.avro.TrainingPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTopologyTest {
  @TempDir Path folder;

  /** F24: names of nodes and stores are a contract with the state of a running deployment. */
  @Test
  void shouldHaveTheTopologyThatIsCommitted() throws IOException {
    Path golden = Path.of("src/test/resources/probe-topology.txt");
    try (ProbeDriver driver = new ProbeDriver(folder)) {
      String description = driver.topology(null).build().describe().toString();
      if (Boolean.getBoolean("salient.golden.write")) {
        Files.writeString(golden, description);
      }
      assertThat(description).isEqualTo(Files.readString(golden));
    }
  }

  @Test
  void shouldFindThePlantedNeuron() {
    try (ProbeDriver driver = new ProbeDriver(folder)) {
      // when
      driver.sendAll(new PlantedCheckpoint(0)).settle();

      // then
      ProbeReport report = driver.lastReport(0, "planted");
      assertThat(report.getFinal$()).isTrue();
      assertThat(report.getCoverage()).isEqualTo(1);
      assertThat(report.getAccuracy()).isGreaterThan(0.9);
      assertThat(report.getCertificate().getConverged()).isTrue();
      assertThat(report.getTruncatedWords()).isEqualTo(3);
      assertThat(report.getDroppedWords()).isEqualTo(1);
      assertThat(report.getProvenance().getSettings()).containsEntry("l1", "5.0E-4");
      assertThat(driver.probes(0)).extracting(ClassProbe::getLabel).containsExactly("A", "B");
      ClassProbe b = driver.probes(0).getLast();
      float[] weights = WeightCodec.decode(b.getWeights(), PlantedCheckpoint.WIDTH);
      for (int d = 0; d < weights.length; d++) {
        if (d != PlantedCheckpoint.PLANTED_NEURON) {
          assertThat(Math.abs(weights[d]))
              .isLessThan(Math.abs(weights[PlantedCheckpoint.PLANTED_NEURON]));
        }
      }
    }
  }

  /** I15: a concept with one label. */
  @Test
  void shouldTellWhyAConceptHasNoProbe() {
    try (ProbeDriver driver = new ProbeDriver(folder)) {
      driver.sendAll(new PlantedCheckpoint(0)).settle();

      ProbeReport report = driver.lastReport(0, "single");
      assertThat(report.getFinal$()).isTrue();
      assertThat(report.getAccuracy()).isNull();
      assertThat(report.getCertificate().getEvaluations()).isZero();
      assertThat(report.getNotes()).hasSize(1);
      assertThat(report.getLabels()).extracting(LabelReport::getLabel).containsExactly("only");
      LabelReport only = report.getLabels().getFirst();
      assertThat(only.getTrainCount() + only.getDevCount() + only.getTestCount())
          .isEqualTo(PlantedCheckpoint.WORDS);
      assertThat(report.getTrainWords()).isEqualTo(only.getTrainCount());
    }
  }

  @Test
  void shouldFitAsRowsComeIn() {
    // given
    PlantedCheckpoint checkpoint = new PlantedCheckpoint(0);
    ExtractionStarted started = checkpoint.started();
    started.setTraining(new TrainingLog(List.of(new TrainingPoint(0L, 0.5, Map.of("loss", 1.25)))));
    try (ProbeDriver driver = new ProbeDriver(folder)) {
      driver.send(started);

      // when: a block is a tenth of the words
      checkpoint.blocks().forEach(block -> driver.send(block).settle());

      // then
      assertThat(driver.reports(0, "planted"))
          .extracting(ProbeReport::getCoverage, ProbeReport::getFinal$)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(0.1f, false),
              org.assertj.core.groups.Tuple.tuple(0.3f, false),
              org.assertj.core.groups.Tuple.tuple(0.5f, false),
              org.assertj.core.groups.Tuple.tuple(1f, true));
      assertThat(driver.statuses())
          .extracting(RunStatus::getStage)
          .startsWith(Stage.EXTRACTING)
          .endsWith(Stage.RANKED);
      assertThat(driver.statuses())
          .extracting(RunStatus::getRowsSeen)
          .isSorted()
          .endsWith(PlantedCheckpoint.WORDS);
      assertThat(driver.statuses())
          .extracting(RunStatus::getTraining)
          .containsOnly(started.getTraining());
    }
  }

  @Test
  void shouldDropAProvisionalFitThatTheFinalOneHasOvertaken() {
    PlantedCheckpoint checkpoint = new PlantedCheckpoint(0);
    try (ProbeDriver driver = new ProbeDriver(folder)) {
      driver.send(checkpoint.started());
      checkpoint.blocks().subList(0, 3).forEach(driver::send);
      driver.tick(); // submitted, not begun
      checkpoint.blocks().subList(3, 10).forEach(driver::send);

      driver.settle();

      assertThat(driver.reports(0, "planted"))
          .extracting(ProbeReport::getFinal$)
          .containsExactly(true);
      assertThat(driver.fits).containsExactly(Tier.FINAL, Tier.EVALUATION);
    }
  }

  /**
   * I21, F12: the final probe depends neither on order nor on duplicates nor on what was
   * provisional.
   */
  @Test
  void shouldGiveTheSameBytesWhateverTheOrder() {
    Map<String, String> expected;
    try (ProbeDriver driver = new ProbeDriver(folder.resolve("in-order"))) {
      driver.sendAll(new PlantedCheckpoint(0)).sendAll(new PlantedCheckpoint(10)).settle();
      expected = driver.finals(10);
    }
    assertThat(expected).hasSize(4);
    for (int seed = 0; seed < 3; seed++) {
      PlantedCheckpoint checkpoint = new PlantedCheckpoint(10);
      try (ProbeDriver driver = new ProbeDriver(folder.resolve("shuffled" + seed))) {
        driver.sendAll(new PlantedCheckpoint(0)).settle().send(checkpoint.started());
        for (ActivationBlock block : shuffledTwice(checkpoint, seed)) {
          driver.send(block).settle();
        }

        assertThat(driver.finals(10)).isEqualTo(expected);
        assertThat(driver.dead()).isEmpty();
      }
    }
  }

  private static List<ActivationBlock> shuffledTwice(PlantedCheckpoint checkpoint, int seed) {
    List<ActivationBlock> blocks = new ArrayList<>(checkpoint.blocks());
    List<Integer> words = new ArrayList<>();
    for (int word = 0; word < PlantedCheckpoint.WORDS; word++) {
      words.add(word);
    }
    Collections.shuffle(words, new Random(seed));
    for (int first = 0; first < words.size(); first += 7) {
      blocks.add(
          checkpoint.block(List.copyOf(words.subList(first, Math.min(first + 7, words.size())))));
    }
    Collections.shuffle(blocks, new Random(seed));
    return blocks;
  }

  /** F18: announced twice. */
  @Test
  void shouldNotFitACheckpointTwice() {
    try (ProbeDriver driver = new ProbeDriver(folder)) {
      driver.sendAll(new PlantedCheckpoint(0)).settle();
      driver.sendAll(new PlantedCheckpoint(0)).settle();

      assertThat(driver.reports(0, "planted")).hasSize(1);
      assertThat(driver.dead()).isEmpty();
    }
  }

  @Test
  void shouldFitOnlyTheConceptsOfThisDeployment() {
    try (ProbeDriver driver = new ProbeDriver(folder, Set.of("planted"), 0)) {
      driver.sendAll(new PlantedCheckpoint(0)).settle();

      assertThat(driver.reports(0, "planted")).hasSize(1);
      assertThat(driver.reports(0, "single")).isEmpty();
      assertThat(driver.statuses().getLast().getConcepts()).containsExactly("planted");
    }
  }

  @Test
  void shouldPassOnThatAnExtractionFailed() {
    PlantedCheckpoint checkpoint = new PlantedCheckpoint(0);
    try (ProbeDriver driver = new ProbeDriver(folder)) {
      driver.send(checkpoint.started()).send(checkpoint.blocks().getFirst());
      driver.send(
          new ExtractionFailed(
              PlantedCheckpoint.RUN,
              0L,
              checkpoint.id(),
              "/run/checkpoint-0",
              "checkpoint.vanished",
              "gone",
              PlantedCheckpoint.START));
      driver.settle();

      assertThat(driver.statuses().getLast().getStage()).isEqualTo(Stage.FAILED);
      assertThat(driver.statuses().getLast().getReason()).isEqualTo("checkpoint.vanished");
      assertThat(driver.reports(0, "planted")).isEmpty();

      // when: it is extracted again
      driver.sendAll(checkpoint).settle();

      // then
      assertThat(driver.lastReport(0, "planted").getAccuracy()).isCloseTo(1, within(0.1));
    }
  }

  @Test // F25: an older program has to be told of every store
  void shouldKeepTheFormatOfEveryStore() throws IOException {
    Set<String> stores = new TreeSet<>();
    Pattern.compile("salient-probe-[a-z-]+")
        .matcher(Files.readString(Path.of("src/test/resources/probe-topology.txt")))
        .results()
        .forEach(store -> stores.add(store.group()));
    stores.remove(ProbeStores.FORMATS);
    Set<String> kept = new TreeSet<>();
    ProbeStores.written().note((key, version) -> kept.add(key.substring(0, key.indexOf('/'))));

    assertThat(kept).isEqualTo(stores).hasSizeGreaterThan(3);
  }
}
