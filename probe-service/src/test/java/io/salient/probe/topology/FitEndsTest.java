package io.salient.probe.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.ranking.RankingMethod;
import io.salient.probe.PlantedCheckpoint;
import io.salient.probe.matrix.MatrixEncoding;
import io.salient.probe.training.FitJob;
import io.salient.probe.training.FitOutcome;
import io.salient.probe.training.Tier;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.avro.ClassProbe;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.Stage;
import io.salient.schemas.avro.TierState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every outcome of a fit has an end that others can wait for: a final report of each concept, which
 * says how many class probes belong to it, or a status that says why there is none, or the stop of
 * the stream.
 */
class FitEndsTest {
  private static final PlantedCheckpoint CHECKPOINT = new PlantedCheckpoint(0);

  @TempDir Path folder;

  @BeforeAll
  static void trustOurRecords() {
    TopicSerdes.probes();
  }

  static Stream<String> outcomes() {
    return Stream.of(FitOutcome.class.getPermittedSubclasses()).map(Class::getSimpleName);
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void shouldEndWithSomethingToWaitFor(String outcome) throws IOException {
    try (ProbeDriver driver =
        new ProbeDriver(folder, ProbeDriver.Options.DEFAULTS.withEarlyWarning())) {
      switch (outcome) {
        case "Fitted" -> shouldReportEveryConcept(driver.sendAll(CHECKPOINT).settle());
        case "Replicated", "Evaluated" -> { // tiers that complete what is reported already
          ProbeDriver settled = driver.sendAll(CHECKPOINT).settle();
          shouldReportEveryConcept(settled);
          shouldTellOfEveryTier(settled);
        }
        case "Transferred" -> { // measured by a baseline that came later, nothing else changes
          ProbeDriver settled = driver.sendAll(new PlantedCheckpoint(10)).settle();
          settled.sendAll(CHECKPOINT).settle();
          shouldReportEveryConcept(settled);
          assertThat(settled.lastReport(10, "planted").getTransferFrom()).isEqualTo("id0");
        }
        case "Early", "Dropped" -> { // the final fit comes all the same
          driver.send(CHECKPOINT.started());
          CHECKPOINT.blocks().forEach(block -> driver.send(block).tick());
          shouldReportEveryConcept(driver.settle());
        }
        case "Lost" -> {
          withoutMatrix(driver).retainedFrom = 5;
          driver.settle();
          shouldTell(driver, Stage.LOST, "activations.expired");
        }
        case "Failed" -> {
          withoutMatrix(driver).logFailure = new IllegalStateException("a bug");
          driver.settle();
          shouldTell(driver, Stage.FAILED, "fit.failed");
        }
        case "Broken" -> {
          withoutMatrix(driver).logFailure = new KafkaException("no broker");
          assertThatThrownBy(driver::settle).hasStackTraceContaining("no broker");
        }
        default -> fail("say here how a checkpoint ends after " + outcome);
      }
    }
  }

  /** Complete, its file deleted, and the process started again: the log has to be read. */
  private static ProbeDriver withoutMatrix(ProbeDriver driver) throws IOException {
    driver.sendAll(CHECKPOINT);
    try (Stream<Path> files = Files.walk(driver.folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".matrix")).toList()) {
        Files.delete(file);
      }
    }
    return driver.crash();
  }

  private static void shouldReportEveryConcept(ProbeDriver driver) {
    for (String concept : List.of("planted", "single")) {
      ProbeReport report = driver.lastReport(0, concept);
      assertThat(report.getFinal$()).isTrue();
      long probes =
          driver.probes(0).stream()
              .filter(probe -> probe.getConcept().equals(concept))
              .filter(probe -> probe.getCoverage() == 1)
              .map(ClassProbe::getLabel)
              .distinct()
              .count();
      boolean fitted = report.getCertificate().getEvaluations() > 0;
      assertThat(probes).isEqualTo(fitted ? report.getLabels().size() : 0);
      assertThat(fitted || !report.getNotes().isEmpty()).isTrue();
    }
  }

  private static void shouldTellOfEveryTier(ProbeDriver driver) {
    assertThat(driver.statuses().getLast().getTiers())
        .isNotEmpty()
        .allSatisfy(tier -> assertThat(tier.getState()).isIn(TierState.DONE, TierState.FAILED));
  }

  private static void shouldTell(ProbeDriver driver, Stage stage, String reason) {
    RunStatus status = driver.statuses().getLast();
    assertThat(status.getStage()).isEqualTo(stage);
    assertThat(status.getReason()).isEqualTo(reason);
    assertThat(status.getMessage()).isNotBlank();
  }

  /** What {@code CompleteProbe.isFitted} of the ranking service goes by. */
  @ParameterizedTest
  @EnumSource
  void shouldSayThatNoClassProbeComes(FitResult.Reason reason) {
    // given
    FitResult.Unfittable unfittable = new FitResult.Unfittable("single", reason, "why");

    // when
    ProbeReport report = ProbeRecords.report(outcome(unfittable), unfittable, settings(), "");

    // then
    assertThat(report.getCertificate().getEvaluations()).isZero();
    assertThat(report.getCertificate().getConverged()).isFalse();
    assertThat(report.getLabels().getFirst().getTrainCount()).isPositive();
    assertThat(report.getNotes()).singleElement().asString().startsWith("why");
    assertThat(report.getNotes().getFirst().contains("salient.probe.max-labels"))
        .isEqualTo(reason == FitResult.Reason.TOO_MANY_LABELS);
  }

  private FitOutcome.Fitted outcome(FitResult result) {
    FitJob job =
        new FitJob(
            Tier.FINAL,
            "key",
            CHECKPOINT.started(),
            List.of(1),
            new BitSet(),
            folder.resolve("file"),
            true,
            new FitJob.Log(new TopicPartition("activations", 0), 0, 1),
            Map.of(),
            Map.of(),
            List.of(),
            RankingMethod.CONTRIBUTION);
    return new FitOutcome.Fitted(
        job,
        List.of(result),
        Map.of("single", List.of(new FitOutcome.LabelCount(150, 20, 30))),
        Map.of(),
        0);
  }

  private ProbeProcessorSettings settings() {
    return new ProbeProcessorSettings(
        FitSettings.defaults(),
        List.of(),
        Set.of(Tier.FINAL),
        0,
        0,
        folder,
        0,
        1L << 30,
        Map.of(),
        MatrixEncoding.FLOAT32);
  }
}
