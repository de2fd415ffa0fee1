package io.salient.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.schemas.TopicSerdes;
import io.salient.schemas.Topics;
import io.salient.schemas.avro.ActivationBlock;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * F1, F2: the process is killed with -9 at each stage and started again; what is then on the
 * results topic equals, byte for byte, what a run that nobody disturbed left there.
 *
 * <pre>
 *               announce   extract     fit        rank      --once ends
 * undisturbed   ---------- ---------- ---------- ---------- exit 0        results R
 * killed        ---------- --- X
 * again                    ---------- ---------- ---------- exit 0        results = R
 * </pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillHardIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String CONCEPTS = "upos,deprel";

  @TempDir static Path folder;
  private TestBroker broker;
  private SmallRun run;
  private Map<String, String> undisturbed;

  @BeforeAll
  void rankUndisturbed() {
    run = SmallRun.copyTo(folder, 0, 20);
    broker = TestBroker.start();
    try (SalientProcess process = start("undisturbed", "undisturbed")) {
      assertThat(process.exitCode(PATIENCE)).as(process::errors).isZero();
    }
    undisturbed = FinalResults.read(broker.bootstrapServers(), topics("undisturbed").results());
    assertThat(undisturbed)
        .hasSize(
            2 * 2
                + 2 * 2); // 2 steps x 2 concepts: rankings; step 20 x 2 concepts: drift against 0,
    // twice
  }

  @AfterAll
  void stopBroker() {
    if (broker != null) {
      broker.close();
    }
  }

  @Test
  void shouldEndInTheSameResultsWhenKilledDuringExtraction() {
    shouldEndInTheSameResults(
        "extraction",
        topics -> {
          try (TopicJudge judge = new TopicJudge(broker.bootstrapServers(), topics.activations())) {
            judge.await(TopicSerdes.activations(), ActivationBlock.class, block -> true, PATIENCE);
          }
        });
  }

  @Test
  void shouldEndInTheSameResultsWhenKilledDuringFitting() {
    shouldEndInTheSameResults(
        "fitting",
        topics -> {
          try (TopicJudge judge = new TopicJudge(broker.bootstrapServers(), topics.probes())) {
            judge.await(
                TopicSerdes.probes(),
                RunStatus.class,
                status -> status.getStage() == Stage.FITTING,
                PATIENCE);
          }
        });
  }

  @Test
  void shouldEndInTheSameResultsWhenKilledBetweenProbeAndRanking() {
    shouldEndInTheSameResults(
        "between",
        topics -> {
          try (TopicJudge judge = new TopicJudge(broker.bootstrapServers(), topics.probes())) {
            judge.await(TopicSerdes.probes(), ProbeReport.class, ProbeReport::getFinal$, PATIENCE);
          }
        });
  }

  @Test
  void shouldEndInTheSameResultsWhenTheStateFolderIsGone() throws IOException {
    // given
    String name = "stateless";
    killAtFitting(name);

    // when
    try (SalientProcess again = start(name, name + "-elsewhere")) {
      assertThat(again.exitCode(PATIENCE)).as(again::errors).isZero();
    }

    // then
    assertThat(FinalResults.read(broker.bootstrapServers(), topics(name).results()))
        .isEqualTo(undisturbed);
  }

  private void killAtFitting(String name) {
    try (SalientProcess killed = start(name, name);
        TopicJudge judge = new TopicJudge(broker.bootstrapServers(), topics(name).probes())) {
      judge.await(
          TopicSerdes.probes(),
          RunStatus.class,
          status -> status.getStage() == Stage.FITTING,
          PATIENCE);
      killed.killHard();
    }
  }

  private void shouldEndInTheSameResults(String name, Consumer<Topics> untilTheMoment) {
    // given
    try (SalientProcess killed = start(name, name)) {
      untilTheMoment.accept(topics(name));

      // when
      killed.killHard();
    }
    try (SalientProcess again = start(name, name)) {
      assertThat(again.exitCode(PATIENCE)).as(again::errors).isZero();
    }

    // then
    assertThat(FinalResults.read(broker.bootstrapServers(), topics(name).results()))
        .isEqualTo(undisturbed);
  }

  private SalientProcess start(String name, String stateFolder) {
    Map<String, String> settings = new HashMap<>();
    settings.put("salient.topics.prefix", topics(name).prefix());
    settings.put("salient.extractor.group-id", name + "-extractor");
    settings.put("salient.probe.application-id", name + "-probe");
    settings.put("salient.ranking.application-id", name + "-ranking");
    return SalientProcess.start(
        folder,
        settings,
        "watch",
        run.folder().toString(),
        "--corpus",
        run.corpus().toString(),
        "--concepts",
        CONCEPTS,
        "--bootstrap-servers",
        broker.bootstrapServers(),
        "--state-dir",
        folder.resolve("state-" + stateFolder).toString(),
        "--port",
        "0",
        "--once");
  }

  private static Topics topics(String name) {
    return new Topics("kill-" + name);
  }
}
