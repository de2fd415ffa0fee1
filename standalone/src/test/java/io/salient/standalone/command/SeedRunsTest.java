package io.salient.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.ranking.view.SeedsView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedRunsTest {
  @TempDir private Path folder;

  private Path one;
  private Path two;

  @BeforeEach
  void makeRuns() throws IOException {
    one = run("one", 0, 100, 200, 300);
    two = run("two", 0, 100, 200);
  }

  @Test
  void shouldTakeTheLastStepThatAllHave() throws IOException {
    SeedRuns runs = SeedRuns.of(List.of(one, two), OptionalLong.empty());

    assertThat(runs.runs()).containsExactly("one", "two");
    assertThat(runs.compared()).isEqualTo(200);
    assertThat(runs.baseline()).isEqualTo(one.resolve("checkpoint-0"));
    assertThat(runs.checkpoints())
        .containsExactly(one.resolve("checkpoint-200"), two.resolve("checkpoint-200"));
    assertThat(runs.steps()).containsExactly(0L, 1L, 2L);
    assertThat(runs.runSteps()).containsExactly(1L, 2L);
  }

  @Test
  void shouldTakeTheStepThatIsAskedFor() throws IOException {
    assertThat(SeedRuns.of(List.of(one, two), OptionalLong.of(100)).compared()).isEqualTo(100);
  }

  @Test
  void shouldSayWhichStepsTheyHaveInCommon() throws IOException {
    Path young = run("young", 0);

    assertThatThrownBy(() -> SeedRuns.of(List.of(one, two), OptionalLong.of(300)))
        .hasMessageContaining("no checkpoint-300 folder in common")
        .hasMessageContaining("in common: [100, 200]");
    assertThatThrownBy(() -> SeedRuns.of(List.of(one, young), OptionalLong.empty()))
        .hasMessageContaining("no checkpoint-<step> folder in common after their first");
  }

  @Test
  void shouldNameRunsAndTheirStepInReasons() throws IOException {
    // given
    SeedRuns runs = SeedRuns.of(List.of(one, two), OptionalLong.empty());

    // when, then: inner steps are 0 for the baseline, 1 and 2 for the runs
    assertThat(reason(runs, "run compare, step 2: the noise of step 2 is still being measured"))
        .isEqualTo("two (step 200): the noise of two (step 200) is still being measured");
    assertThat(reason(runs, "run compare, step 0: no halves of step 0 were published"))
        .isEqualTo("the baseline: no halves of the baseline were published");
    assertThat(reason(runs, "2 runs have no limits: compare 3 or more"))
        .isEqualTo("2 runs have no limits: compare 3 or more");
    assertThat(reason(runs, null)).isNull();
  }

  private static String reason(SeedRuns runs, String inner) {
    SeedsView.Run any = new SeedsView.Run("compare", 1, "id", null, null);
    SeedsView view =
        new SeedsView("upos", "id", null, List.of(any, any), 0, 0, null, null, null, inner);
    return runs.named(view).reason();
  }

  private Path run(String name, long... steps) throws IOException {
    Path run = folder.toRealPath().resolve(name);
    for (long step : steps) {
      Path checkpoint = Files.createDirectories(run.resolve("checkpoint-" + step));
      Files.writeString(checkpoint.resolve("config.json"), "{}");
      Files.writeString(checkpoint.resolve("model.safetensors"), "");
    }
    return run;
  }
}
