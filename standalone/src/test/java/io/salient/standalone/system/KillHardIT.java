package io.salient.standalone.system;

import static io.salient.standalone.system.RunOnBroker.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.salient.schemas.TopicSerdes;
import io.salient.schemas.avro.ActivationBlock;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.ProbeReport;
import java.nio.file.Path;
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
 *               announce   extract     fit        rank       noise      evaluation --once ends
 * undisturbed   ---------- ---------- ---------- ---------- ---------- ---------- exit 0   results R
 * killed        ---------- --- X
 * again                    ---------- ---------- ---------- ---------- ---------- exit 0   results = R
 * </pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillHardIT {
  @TempDir static Path folder;
  private RunOnBroker broker;
  private SmallRun run;
  private Map<String, String> undisturbed;

  @BeforeAll
  void rankUndisturbed() {
    broker = new RunOnBroker(folder);
    run = broker.run();
    undisturbed = broker.rankUndisturbed();
    assertThat(undisturbed)
        .as(
            "2 steps x 2 concepts: rankings, evaluations; step 20 x 2 concepts: drift against 0,"
                + " twice")
        .hasSize(2 * 2 + 2 * 2 + 2 * 2);
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
        salient -> {
          try (TopicJudge judge = salient.judge(salient.topics().activations())) {
            judge.await(TopicSerdes.activations(), ActivationBlock.class, block -> true, PATIENCE);
          }
        });
  }

  @Test
  void shouldEndInTheSameResultsWhenKilledDuringFitting() {
    shouldEndInTheSameResults("fitting", salient -> salient.awaitFitting(PATIENCE));
  }

  @Test
  void shouldEndInTheSameResultsWhenKilledBetweenProbeAndRanking() {
    shouldEndInTheSameResults(
        "between",
        salient -> {
          try (TopicJudge judge = salient.judge(salient.topics().probes())) {
            judge.await(TopicSerdes.probes(), ProbeReport.class, ProbeReport::getFinal$, PATIENCE);
          }
        });
  }

  @Test
  void shouldEndInTheSameResultsWhenKilledWhileNoiseIsMeasured() {
    shouldEndInTheSameResults("noise", salient -> salient.awaitRunning("noise", PATIENCE));
  }

  @Test
  void shouldEndInTheSameResultsWhenKilledWhileEvaluating() {
    shouldEndInTheSameResults(
        "evaluating", salient -> salient.awaitRunning("evaluation", PATIENCE));
  }

  /** What was done is not done again, and the rest is: one checkpoint is evaluated, one is not. */
  @Test
  void shouldEndInTheSameResultsWhenKilledBetweenTwoEvaluations() {
    shouldEndInTheSameResults(
        "between-evaluations",
        salient -> {
          try (TopicJudge judge = salient.judge(salient.topics().probes())) {
            judge.await(TopicSerdes.probes(), ProbeEvaluation.class, one -> true, PATIENCE);
          }
        });
  }

  @Test
  void shouldEndInTheSameResultsWhenTheStateFolderIsGone() {
    // given
    String name = "stateless";
    try (SalientProcess killed = salient(name).once(run)) {
      salient(name).awaitFitting(PATIENCE);
      killed.killHard();
    }

    // when
    try (SalientProcess again = salient(name).once(run, name + "-elsewhere")) {
      assertThat(again.exitCode(PATIENCE)).as(again::errors).isZero();
    }

    // then
    assertThat(salient(name).results()).isEqualTo(undisturbed);
  }

  private void shouldEndInTheSameResults(String name, Consumer<IsolatedSalient> untilTheMoment) {
    // given
    try (SalientProcess killed = salient(name).once(run)) {
      untilTheMoment.accept(salient(name));

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
    return broker.salient(name);
  }
}
