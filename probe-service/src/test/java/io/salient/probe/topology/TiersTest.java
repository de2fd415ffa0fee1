package io.salient.probe.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.evaluation.Analysis;
import io.salient.lca.ranking.RankingMethod;
import io.salient.probe.PlantedCheckpoint;
import io.salient.probe.training.Tier;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.ReplicateRankings;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.SplitRankings;
import io.salient.schemas.avro.Stage;
import io.salient.schemas.avro.TierState;
import io.salient.schemas.avro.TierStatus;
import io.salient.torch.TorchEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tiers of a checkpoint's work: their order, what they publish, and what a restart takes up.
 */
class TiersTest {
  private static final ProbeDriver.Options ALL = ProbeDriver.Options.DEFAULTS.withReplicates(3);

  private final PlantedCheckpoint first = new PlantedCheckpoint(0);
  private final PlantedCheckpoint second = new PlantedCheckpoint(10);
  private final PlantedCheckpoint third = new PlantedCheckpoint(20);

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    TorchEngine.start();
  }

  @Test
  void shouldRankAllFirstThenMeasureTheBaselinesNoiseThenGoFromTheNewestStepBack() {
    try (ProbeDriver driver = driver("order", ALL)) {
      // given: three checkpoints are complete before anything is done
      driver.sendAll(first).sendAll(second).sendAll(third);

      // when
      driver.settle();

      // then
      assertThat(driver.fits)
          .containsExactly(
              Tier.FINAL,
              Tier.FINAL,
              Tier.FINAL, //
              Tier.NOISE,
              Tier.NOISE,
              Tier.NOISE, //
              Tier.EVALUATION,
              Tier.EVALUATION,
              Tier.EVALUATION);
      assertThat(steps(driver, ProbeReport.class)).containsExactly(0L, 10L, 20L);
      assertThat(steps(driver, ReplicateRankings.class)).containsExactly(0L, 20L, 10L);
      assertThat(steps(driver, ProbeEvaluation.class)).containsExactly(20L, 10L, 0L);
    }
  }

  /** Steps in the order in which records of a kind came, each once. */
  private static List<Long> steps(ProbeDriver driver, Class<?> kind) {
    return driver.sent().stream()
        .filter(kind::isInstance)
        .map(record -> (Long) record.get(record.getSchema().getField("step").pos()))
        .distinct()
        .toList();
  }

  @Test
  void shouldPublishEachTierWhenItIsDone() {
    try (ProbeDriver driver = driver("each", ALL)) {
      driver.sendAll(first);

      // when: final
      driver.one();

      // then
      ProbeReport report = driver.lastReport(0, "planted");
      assertThat(report.getTiers()).containsExactly("noise", "evaluation");
      assertThat(driver.lastReport(0, "single").getTiers()).containsExactly("evaluation");
      assertThat(report.getEvaluations()).isNull();
      assertThat(driver.replicates(0)).isEmpty();
      assertThat(states(driver)).containsExactly("DONE", "DONE", "RUNNING", "WAITING");
      assertThat(driver.statuses().getLast().getStage()).isEqualTo(Stage.RANKED);

      // when: noise
      driver.one();

      // then
      assertThat(driver.replicates(0))
          .singleElement()
          .satisfies(TiersTest::holdsBothHalvesOfEverySplit);
      assertThat(driver.evaluations(0, "planted")).isEmpty();
      assertThat(states(driver)).containsExactly("DONE", "DONE", "DONE", "RUNNING");

      // when: evaluation
      driver.one();

      // then
      ProbeEvaluation evaluation = driver.evaluations(0, "planted").getLast();
      assertThat(evaluation.getEvaluations().getSelectivity().getAccuracy())
          .isEqualTo(report.getAccuracy());
      assertThat(evaluation.getProvenance()).isEqualTo(report.getProvenance());
      assertThat(states(driver)).containsOnly("DONE");
    }
  }

  private static void holdsBothHalvesOfEverySplit(ReplicateRankings replicates) {
    assertThat(replicates.getSplits()).hasSize(3);
    assertThat(replicates.getSentences()).isPositive();
    for (SplitRankings split : replicates.getSplits()) {
      assertThat(split.getConverged()).isTrue();
      assertThat(split.getGap()).isBetween(0.0, 1e-3);
      assertThat(split.getFirst().getOverall()).isNotEmpty().hasSizeLessThanOrEqualTo(10);
      assertThat(split.getFirst().getLabels()).hasSameSizeAs(replicates.getCounted());
      assertThat(split.getSecond().getLabels()).hasSameSizeAs(replicates.getCounted());
    }
  }

  private static List<String> states(ProbeDriver driver) {
    return driver.statuses().getLast().getTiers().stream()
        .map(TierStatus::getState)
        .map(TierState::name)
        .toList();
  }

  /** Each life does one job, and the next takes up where the store says. */
  @Test
  void shouldTakeUpEveryTierAfterACrash() {
    Map<String, byte[]> undisturbed;
    Map<String, byte[]> undisturbedSecond;
    try (ProbeDriver driver = driver("undisturbed", ALL)) {
      driver.sendAll(first).sendAll(second).settle();
      undisturbed = driver.finalBytes(0);
      undisturbedSecond = driver.finalBytes(10);
    }
    assertThat(undisturbed).hasSize(7);

    try (ProbeDriver driver = driver("crashes", ALL)) {
      driver.sendAll(first).sendAll(second);

      // when: a crash after every job, and one while the next is under way
      for (int job = 0; job < 6; job++) {
        driver.tick().fit();
        driver.crash().one().crash();
      }
      driver.settle();

      // then: nothing came twice
      assertThat(driver.finalBytes(0)).containsExactlyInAnyOrderEntriesOf(undisturbed);
      assertThat(driver.finalBytes(10)).containsExactlyInAnyOrderEntriesOf(undisturbedSecond);
      for (long step : new long[] {0, 10}) {
        assertThat(driver.reports(step, "planted")).hasSize(1);
        assertThat(driver.replicates(step)).hasSize(1);
        assertThat(driver.evaluations(step, "planted")).hasSize(1);
      }
    }
  }

  /** Noise by another method would say nothing of the ranking that it stands beside. */
  @Test
  void shouldDoOpenTiersByTheMethodThatTheirRankingWasMadeBy() {
    Map<String, byte[]> undisturbed;
    ProbeDriver.Options masking = ALL.with(EnumSet.of(Analysis.MASKING));
    try (ProbeDriver driver = driver("one-method", masking)) {
      driver.sendAll(first).settle();
      undisturbed = driver.finalBytes(0);
    }

    try (ProbeDriver driver = driver("two-methods", masking)) {
      // given: a ranking by contribution, whose noise and evaluations are open
      driver.sendAll(first).one();

      // when
      driver.crash(RankingMethod.LCA).sendAll(second).settle();

      // then
      assertThat(driver.finalBytes(0)).containsExactlyInAnyOrderEntriesOf(undisturbed);
      assertThat(driver.replicates(0).getLast().getMethod()).isEqualTo("contribution");
      assertThat(driver.lastReport(10, "planted").getMethod()).isEqualTo("lca");
      assertThat(driver.replicates(10).getLast().getMethod()).isEqualTo("lca");
      assertThat(driver.evaluations(10, "planted").getLast().getProvenance().getSettings())
          .containsEntry("method", "lca");
    }
  }

  /** Whoever waits for the tiers of the last life would wait for ever. */
  @Test
  void shouldSayThatTiersOfTheLastLifeAreLeftOutInThisOne() {
    try (ProbeDriver driver = driver("fewer", ALL)) {
      driver.sendAll(first).one();
      assertThat(states(driver)).contains("RUNNING", "WAITING");

      driver.crash(ProbeDriver.Options.DEFAULTS.with(Set.of())).settle();

      assertThat(driver.statuses().getLast().getTiers())
          .extracting(TierStatus::getTier, TierStatus::getState)
          .containsExactly(
              Tuple.tuple("provisional", TierState.DONE), Tuple.tuple("final", TierState.DONE));
      assertThat(driver.replicates(0).getLast().getProblem()).contains("salient.probe.tiers");
      assertThat(driver.evaluations(0, "planted").getLast().getNotes())
          .singleElement()
          .asString()
          .contains("salient.probe.tiers");
    }
  }

  @Test
  void shouldNotBeginNoiseWhileRowsAreComingIn() {
    try (ProbeDriver driver = driver("coming", ALL)) {
      driver.sendAll(first).one();
      driver.send(second.started()).send(second.blocks().getFirst());

      driver.settle();

      // then: noise had begun; nothing follows it until the rows are there
      assertThat(driver.fits).doesNotContain(Tier.EVALUATION);

      // when
      second.blocks().forEach(driver::send);
      driver.settle();

      // then
      assertThat(driver.fits.subList(driver.fits.indexOf(Tier.EVALUATION), driver.fits.size()))
          .containsExactly(Tier.EVALUATION, Tier.EVALUATION);
    }
  }

  @Test
  void shouldGoOnWithNoiseWhenAnExtractionHasFallenSilent() {
    try (ProbeDriver driver = driver("silent", ALL)) {
      driver.sendAll(first).send(second.started()).send(second.blocks().getFirst()).settle();
      assertThat(driver.evaluations(0, "planted")).isEmpty();

      for (int tick = 0; tick < 60; tick++) {
        driver.tick();
      }
      driver.settle();

      assertThat(driver.evaluations(0, "planted")).hasSize(1);
    }
  }

  @Test
  void shouldInterruptNoiseForAFinalFitAndDoItAfterwards() {
    try (ProbeDriver driver = driver("interrupted", ALL)) {
      driver.sendAll(first).one(); // noise of step 0 is submitted

      // when
      driver.sendAll(second).tick(); // its fit waits: noise is cancelled before it begins
      driver.settle();

      // then
      assertThat(driver.fits.subList(0, 2)).containsExactly(Tier.FINAL, Tier.FINAL);
      assertThat(driver.replicates(0)).hasSize(1);
      assertThat(driver.replicates(10)).hasSize(1);
    }
  }

  @Test
  void shouldKeepMatricesUntilTheLastTierIsDone() throws IOException {
    ProbeDriver.Options tight =
        new ProbeDriver.Options(
            Set.of(), 0, ALL.analyses(), 3, ALL.clustering(), false, List.of(), ALL.selector());
    try (ProbeDriver driver = driver("matrices", tight)) {
      driver.sendAll(first).sendAll(second).one().one();
      assertThat(matrices(driver)).hasSize(2);

      driver.crash();
      assertThat(matrices(driver)).hasSize(2);

      driver.settle();
      assertThat(matrices(driver)).isEmpty();
      assertThat(driver.evaluations(0, "planted")).hasSize(1);
    }
  }

  private static List<Path> matrices(ProbeDriver driver) throws IOException {
    try (Stream<Path> all = Files.walk(driver.folder)) {
      return all.filter(file -> file.toString().endsWith(".matrix")).toList();
    }
  }

  @Test
  void shouldLeaveTiersOut() {
    try (ProbeDriver driver = driver("none", ProbeDriver.Options.DEFAULTS.with(Set.of()))) {
      driver.sendAll(first).settle();

      assertThat(driver.fits).containsExactly(Tier.FINAL);
      assertThat(driver.lastReport(0, "planted").getTiers()).isEmpty();
      RunStatus status = driver.statuses().getLast();
      assertThat(status.getStage()).isEqualTo(Stage.RANKED);
      assertThat(status.getTiers())
          .extracting(TierStatus::getTier)
          .containsExactly("provisional", "final");
    }
  }

  /** I15: a checkpoint whose only concept has one label ends all its tiers with the reason. */
  @Test
  void shouldEndAllTiersOfAConceptThatCannotBeFitted() {
    ProbeDriver.Options single =
        new ProbeDriver.Options(
            Set.of("single"),
            1L << 30,
            ALL.analyses(),
            3,
            ALL.clustering(),
            false,
            List.of(),
            ALL.selector());
    try (ProbeDriver driver = driver("single", single)) {
      driver.sendAll(first).settle();

      assertThat(driver.fits).containsExactly(Tier.FINAL, Tier.EVALUATION);
      assertThat(driver.lastReport(0, "single").getTiers()).containsExactly("evaluation");
      assertThat(driver.evaluations(0, "single").getLast().getNotes())
          .singleElement()
          .asString()
          .contains("has only the label only");
      assertThat(driver.statuses().getLast().getTiers())
          .extracting(TierStatus::getTier, TierStatus::getState)
          .containsExactly(
              Tuple.tuple("provisional", TierState.DONE),
              Tuple.tuple("final", TierState.DONE),
              Tuple.tuple("evaluation", TierState.DONE));
    }
  }

  /** What cannot be measured ends with the reason, and the ranking stands. */
  @Test
  void shouldEndTheLaterTiersOfACheckpointWhoseActivationsAreGone() {
    try (ProbeDriver driver = driver("lost", ALL)) {
      driver.sendAll(first).tick().fit();
      driver.tick(); // final; noise is submitted
      delete(driver);
      driver.retainedFrom = 100;

      driver.crash().settle();

      assertThat(driver.lastReport(0, "planted").getAccuracy()).isGreaterThan(0.9);
      assertThat(driver.replicates(0).getLast().getProblem()).contains("removed from the log");
      assertThat(driver.evaluations(0, "planted").getLast().getNotes())
          .singleElement()
          .asString()
          .contains("removed from the log");
      assertThat(driver.evaluations(0, "single")).hasSize(1);
      RunStatus status = driver.statuses().getLast();
      assertThat(status.getStage()).isEqualTo(Stage.RANKED);
      assertThat(states(driver)).containsExactly("DONE", "DONE", "FAILED", "FAILED");
      assertThat(status.getTiers().getLast().getMessage()).contains("again=true");
    }
  }

  private static void delete(ProbeDriver driver) {
    try {
      for (Path file : matrices(driver)) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every checkpoint has its own halves, whichever is the baseline in the end. */
  @Test
  void shouldFitTheHalvesOfEveryCheckpointOnce() {
    try (ProbeDriver driver = driver("late", ALL)) {
      // given: the baseline is opened, but its rows come last
      driver.send(first.started()).sendAll(second).one();
      first.blocks().forEach(driver::send);

      // when
      driver.settle();

      // then
      for (long step : new long[] {0, 10}) {
        assertThat(driver.replicates(step))
            .singleElement()
            .satisfies(TiersTest::holdsBothHalvesOfEverySplit);
      }
    }
  }

  @Test
  void shouldSayWhatATierWillCostOnceOneWasMeasured() {
    try (ProbeDriver driver = driver("costs", ALL)) {
      driver.sendAll(first);
      assertThat(driver.statuses().getLast().getTiers())
          .extracting(TierStatus::getEstimatedSeconds)
          .containsOnly(0.0);

      driver.settle().sendAll(second);

      assertThat(driver.statuses().getLast().getTiers())
          .filteredOn(tier -> tier.getState() == TierState.WAITING)
          .extracting(TierStatus::getEstimatedSeconds)
          .hasSize(3)
          .allMatch(seconds -> seconds > 0);
    }
  }

  private ProbeDriver driver(String name, ProbeDriver.Options options) {
    return new ProbeDriver(folder.resolve(name), options);
  }
}
