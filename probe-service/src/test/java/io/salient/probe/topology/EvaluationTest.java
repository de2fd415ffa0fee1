package io.salient.probe.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.evaluation.Analysis;
import io.salient.probe.PlantedCheckpoint;
import io.salient.schemas.avro.ActivationBlock;
import io.salient.schemas.avro.ClassProbe;
import io.salient.schemas.avro.EvaluationCost;
import io.salient.schemas.avro.Evaluations;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.ProbeReport;
import io.salient.torch.TorchEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What final probes are put to beyond accuracy, from blocks to reports. */
class EvaluationTest {
  private final PlantedCheckpoint checkpoint = new PlantedCheckpoint(100);

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    TorchEngine.start();
  }

  @Test
  void shouldReportEverythingThatWasAskedFor() {
    try (ProbeDriver driver = driver("one", Analysis.FULL)) {
      // when
      driver.sendAll(checkpoint).settle();

      // then
      ProbeReport report = driver.lastReport(100, "planted");
      ProbeEvaluation evaluation = driver.evaluations(100, "planted").getLast();
      Evaluations evaluations = evaluation.getEvaluations();
      assertThat(evaluations.getSelectivity().getAccuracy()).isEqualTo(report.getAccuracy());
      assertThat(evaluations.getSelectivity().getDraws()).isEqualTo(5);
      assertThat(evaluations.getAblation()).hasSize(6);
      assertThat(evaluations.getMinimalSet().getSize()).isEqualTo(1);
      assertThat(evaluations.getMinimalSet().getLayerHistogram()).containsExactly(0, 1);
      assertThat(evaluations.getMinimalSet().getMeanLayer()).isEqualTo(1);
      assertThat(evaluations.getMinimalSet().getLayerEntropy()).isZero();
      assertThat(evaluations.getMinimalSet().getDelta()).isEqualTo(0.01);
      assertThat(evaluations.getLayerwise()).hasSize(2);
      assertThat(evaluations.getLayerwise().get(1).getAccuracy()).isGreaterThan(0.9);
      assertThat(evaluations.getTopWords()).hasSize(8);
      assertThat(evaluations.getTopWords().getFirst().getLayer()).isEqualTo(1);
      assertThat(evaluations.getTopWords().getFirst().getUnit()).isEqualTo(2);
      assertThat(evaluations.getTopWords().getFirst().getSentences().getFirst().getWords())
          .hasSize(5)
          .allMatch(word -> word.startsWith("w"));
      assertThat(report.getTiers()).containsExactly("evaluation");
      assertThat(report.getEvaluations()).isNull();
      assertThat(evaluation.getEvaluationCosts())
          .extracting(EvaluationCost::getName)
          .containsExactly(
              "selectivity", "masking", "layerwise", "minimal-set", "redundancy", "top-words");
    }
  }

  @Test
  void shouldNotPublishControlTasks() {
    try (ProbeDriver driver = driver("one", Analysis.FAST)) {
      driver.sendAll(checkpoint).settle();

      assertThat(driver.probes(100)).extracting(ClassProbe::getConcept).containsOnly("planted");
      assertThat(driver.reports(100, "planted")).hasSize(1);
      assertThat(driver.reports(100, "planted#control-1")).isEmpty();
    }
  }

  @Test
  void shouldEvaluateNeitherProvisionalProbesNorConceptsWithoutOne() {
    try (ProbeDriver driver = driver("one", Analysis.FULL)) {
      // given
      driver.send(checkpoint.started());
      checkpoint.blocks().subList(0, 5).forEach(driver::send);
      driver.settle();

      // then
      assertThat(driver.lastReport(100, "planted").getFinal$()).isFalse();
      assertThat(driver.lastReport(100, "planted").getTiers()).isEmpty();
      assertThat(driver.evaluations(100, "planted")).isEmpty();

      // when
      checkpoint.blocks().forEach(driver::send);
      driver.settle();

      // then
      assertThat(driver.evaluations(100, "planted")).hasSize(1);
      ProbeEvaluation none = driver.evaluations(100, "single").getLast();
      assertThat(none.getEvaluations()).isNull();
      assertThat(none.getNotes()).singleElement().asString().contains("has only the label only");
    }
  }

  /** The probe itself does not change by what it is put to. */
  @Test
  void shouldLeaveTheProbeAsItIsWithoutEvaluations() {
    try (ProbeDriver without = driver("one", Set.of());
        ProbeDriver with = driver("two", Analysis.FULL)) {
      without.sendAll(checkpoint).settle();
      with.sendAll(checkpoint).settle();

      ProbeReport bare = without.lastReport(100, "planted");
      assertThat(without.evaluations(100, "planted")).isEmpty();
      assertThat(bare.getTiers()).isEmpty();
      assertThat(without.finals(100).keySet()).isEqualTo(with.finals(100).keySet());
      assertThat(bare.getAccuracy()).isEqualTo(with.lastReport(100, "planted").getAccuracy());
    }
  }

  /** F1, F2: shuffled, doubled and interrupted, then without the file, rebuilt from the log. */
  @Test
  void shouldFindTheSameWhateverTheOrderAndTheCrashes() {
    Map<String, byte[]> reference;
    try (ProbeDriver driver = driver("one", Analysis.FULL)) {
      reference = driver.sendAll(checkpoint).settle().finalBytes(100);
    }
    List<ActivationBlock> shuffled = new ArrayList<>(checkpoint.blocks());
    shuffled.addAll(checkpoint.blocks().subList(0, 4));
    Collections.shuffle(shuffled, new Random(4));

    try (ProbeDriver driver = driver("two", Analysis.FULL)) {
      // when
      driver.send(checkpoint.started());
      shuffled.subList(0, 9).forEach(driver::send);
      driver.tick();
      driver.crash();
      shuffled.subList(9, shuffled.size()).forEach(driver::send);
      driver.tick();
      driver.crash();
      delete(driver.folder);
      driver.settle();

      // then
      assertThat(driver.finalBytes(100))
          .containsExactlyInAnyOrderEntriesOf(reference)
          .containsKey("planted evaluation");
    }
  }

  private ProbeDriver driver(String name, Set<Analysis> analyses) {
    return new ProbeDriver(folder.resolve(name), Set.of(), 1L << 30, analyses);
  }

  private static void delete(Path folder) {
    try (java.util.stream.Stream<Path> files = java.nio.file.Files.walk(folder)) {
      files
          .filter(file -> file.toString().endsWith(".matrix"))
          .forEach(file -> file.toFile().delete());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
