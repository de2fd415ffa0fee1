package io.salient.standalone.system;

import static io.salient.standalone.system.RunOnBroker.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * F1, F2: the process is killed with -9 in each stage, one after the other, and started again each
 * time; what is then on the results topic equals, byte for byte, what a run that nobody disturbed
 * left there.
 *
 * <pre>
 *               announce   extract     fit        rank       noise      evaluation --once ends
 * undisturbed   ---------- ---------- ---------- ---------- ---------- ---------- exit 0   results R
 * killed        ---------- --- X
 * killed again             ---------- --- X
 * and so on                           ---------- X
 * not killed                                                           ---------- exit 0   results = R
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

  /** One process after the other, on one state, each killed later than the one before. */
  @Test
  void shouldEndInTheSameResultsWhenKilledInEachStageOneAfterTheOther()
      throws InterruptedException {
    // given
    IsolatedSalient salient = salient("killed");
    for (Moment moment : Moment.values()) {
      long before = moment.times(salient);
      try (SalientProcess killed = salient.once(run)) {
        killed.until(() -> moment.times(salient) > before, PATIENCE);
        killed.killHard();
      }
    }

    // when
    try (SalientProcess last = salient.once(run)) {
      assertThat(last.exitCode(PATIENCE)).as(last::errors).isZero();
    }

    // then
    assertThat(salient.results()).isEqualTo(undisturbed);
  }

  @Test
  void shouldEndInTheSameResultsWhenTheStateFolderIsGone() {
    // given
    String name = "stateless";
    try (SalientProcess killed = salient(name).once(run)) {
      Moment.FITTING.await(salient(name));
      killed.killHard();
    }

    // when
    try (SalientProcess again = salient(name).once(run, name + "-elsewhere")) {
      assertThat(again.exitCode(PATIENCE)).as(again::errors).isZero();
    }

    // then
    assertThat(salient(name).results()).isEqualTo(undisturbed);
  }

  private IsolatedSalient salient(String name) {
    return broker.salient(name);
  }
}
