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

  @TempDir static Path folder;
  private TestBroker broker;
  private SmallRun run;
  private Map<String, String> undisturbed;

  @BeforeAll
  void rankUndisturbed() {
    run = SmallRun.copyTo(folder, 0, 20);
    broker = TestBroker.start();
    try (SalientProcess process = salient("undisturbed").once(run)) {
      assertThat(process.exitCode(PATIENCE)).as(process::errors).isZero();
    }
    undisturbed = salient("undisturbed").results();
    assertThat(undisturbed)
        .as("2 steps x 2 concepts: rankings; step 20 x 2 concepts: drift against 0, twice")
        .hasSize(2 * 2 + 2 * 2);
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
    try (SalientProcess again = salient(name).once(run, name + "-elsewhere")) {
      assertThat(again.exitCode(PATIENCE)).as(again::errors).isZero();
    }

    // then
    assertThat(salient(name).results()).isEqualTo(undisturbed);
  }

  private void killAtFitting(String name) {
    try (SalientProcess killed = salient(name).once(run);
        TopicJudge judge = salient(name).judge(salient(name).topics().probes())) {
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
    try (SalientProcess killed = salient(name).once(run)) {
      untilTheMoment.accept(salient(name).topics());

      // when
      killed.killHard();
    }
    try (SalientProcess again = salient(name).once(run)) {
      assertThat(again.exitCode(PATIENCE)).as(again::errors).isZero();
    }

    // then
    assertThat(salient(name).results()).isEqualTo(undisturbed);
  }

  private IsolatedSalient salient(String name) {
    return new IsolatedSalient(folder, broker.bootstrapServers(), name);
  }
}
