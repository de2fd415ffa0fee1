package io.salient.extractor.announcement;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.extractor.TinyCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** I10: which folders of a run are announced, and when. */
class RunFolderWatcherTest {
  private static final int BROKEN_AFTER = 4;

  @TempDir Path run;

  private static List<Long> steps(List<RunFolderWatcher.Ready> ready) {
    return ready.stream().map(r -> r.checkpoint().step()).toList();
  }

  @Test
  void shouldGiveCompleteCheckpointsByStepAfterTwoEqualLooks() {
    // given
    for (long step : new long[] {1_000, 20, 500}) {
      TinyCheckpoint.random(step).writeStep(run, step);
    }
    RunFolderWatcher watcher = new RunFolderWatcher(run, BROKEN_AFTER);
    // then
    assertThat(steps(watcher.look())).isEmpty();
    assertThat(steps(watcher.look())).containsExactly(20L, 500L, 1_000L);
    assertThat(RunFolderWatcher.completeCheckpoints(run))
        .extracting(StepFolder::step)
        .containsExactly(20L, 500L, 1_000L);
  }

  @Test
  void shouldIgnoreOtherFolders() throws IOException {
    TinyCheckpoint.random(1).writeStep(run, 500);
    for (String name :
        List.of(
            "tmp-checkpoint-500",
            "checkpoint-abc",
            "checkpoint-500.bak",
            "checkpoint--1",
            "logs")) {
      TinyCheckpoint.random(1).write(run.resolve(name));
    }
    Files.createSymbolicLink(run.resolve("checkpoint-7"), run.resolve("checkpoint-500"));
    RunFolderWatcher watcher = new RunFolderWatcher(run, BROKEN_AFTER);
    for (int look = 0; look < 6; look++) {
      watcher.look();
    }
    assertThat(steps(watcher.look())).containsExactly(500L);
  }

  @Test
  void shouldSayWhyItIgnoresAFolder() throws IOException {
    // given
    for (String name : List.of("tmp-checkpoint-x", "checkpoint-abc", "checkpoint-500.bak")) {
      Files.createDirectory(run.resolve(name));
    }
    Files.createDirectory(run.resolve("checkpoint-500"));
    Files.createDirectory(run.resolve("checkpoint-0500"));
    Files.createSymbolicLink(run.resolve("checkpoint-7"), run.resolve("checkpoint-500"));
    // when
    RunFolder seen = RunFolder.look(run);
    // then
    assertThat(seen.ignored())
        .containsOnly(
            Map.entry("tmp-checkpoint-x", "is still being written by the Trainer"),
            Map.entry("checkpoint-abc", "is not called checkpoint-<step>"),
            Map.entry("checkpoint-500.bak", "is not called checkpoint-<step>"),
            Map.entry("checkpoint-0500", "is the same step as checkpoint-500, which is taken"),
            Map.entry("checkpoint-7", "is a symbolic link"));
  }

  @Test
  void shouldWaitForAGrowingOneAndTakeItWhenItIsWhole() throws IOException {
    // given: half of the weights are written
    Path folder = TinyCheckpoint.random(1).writeStep(run, 20);
    Path weights = folder.resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(weights);
    RunFolderWatcher watcher = new RunFolderWatcher(run, BROKEN_AFTER);
    for (int length = 100; length < 1_000; length += 100) {
      Files.write(weights, Arrays.copyOf(whole, length));
      assertThat(watcher.look()).isEmpty();
    }
    assertThat(RunFolderWatcher.completeCheckpoints(run)).isEmpty();
    // when
    Files.write(weights, whole);
    // then
    assertThat(watcher.look()).isEmpty();
    assertThat(steps(watcher.look())).containsExactly(20L);
  }

  @Test
  void shouldGiveABrokenOneAfterAWhileSoThatNobodyWaitsForEver() throws IOException {
    Path folder = TinyCheckpoint.random(1).writeStep(run, 20);
    Files.delete(folder.resolve("model.safetensors"));
    RunFolderWatcher watcher = new RunFolderWatcher(run, BROKEN_AFTER);
    for (int look = 1; look < BROKEN_AFTER; look++) {
      assertThat(watcher.look()).isEmpty();
    }
    assertThat(steps(watcher.look())).containsExactly(20L);
  }

  @Test
  void shouldGiveAnotherFingerprintWhenAStepIsSavedAgain() {
    RunFolderWatcher watcher = new RunFolderWatcher(run, BROKEN_AFTER);
    TinyCheckpoint.random(1).writeStep(run, 20);
    watcher.look();
    String before = watcher.look().getFirst().fingerprint();
    assertThat(watcher.look().getFirst().fingerprint()).isEqualTo(before);
    // when
    TinyCheckpoint.random(2).tensor("more", 1).writeStep(run, 20);
    watcher.look();
    // then
    assertThat(watcher.look().getFirst().fingerprint()).isNotEqualTo(before);
  }

  @Test
  void shouldTakeASingleCheckpointFolder() {
    Path model = TinyCheckpoint.random(1).write(run.resolve("model"));
    assertThat(RunFolderWatcher.completeCheckpoints(model))
        .containsExactly(new StepFolder(0, model));
    Path step = TinyCheckpoint.random(1).writeStep(run, 30);
    assertThat(RunFolderWatcher.completeCheckpoints(step))
        .containsExactly(new StepFolder(30, step));
  }
}
