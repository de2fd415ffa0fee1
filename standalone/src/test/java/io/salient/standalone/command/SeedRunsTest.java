package io.salient.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
