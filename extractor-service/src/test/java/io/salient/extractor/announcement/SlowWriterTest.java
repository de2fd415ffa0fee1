package io.salient.extractor.announcement;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.extractor.AdapterFixture;
import io.salient.extractor.TinyCheckpoint;
import io.salient.extractor.checkpoint.CheckpointFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints whose files come one after the other, with pauses longer than two looks. */
class SlowWriterTest {
  private static final int BROKEN_AFTER = 4;

  @TempDir Path temp;
  private Path run;
  private RunFolderWatcher watcher;

  @BeforeEach
  void emptyRun() throws IOException {
    run = Files.createDirectories(temp.resolve("run"));
    watcher = new RunFolderWatcher(run, BROKEN_AFTER);
  }

  private List<Long> steps() {
    return watcher.look().stream().map(ready -> ready.checkpoint().step()).toList();
  }

  private List<Long> complete() {
    return RunFolderWatcher.completeCheckpoints(run).stream().map(StepFolder::step).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "model.safetensors", "tokenizer.json"})
  void shouldWaitForEachFileOfTheFirstCheckpoint(String last) throws IOException {
    // given
    Path folder = TinyCheckpoint.random(1).writeStep(run, 20);
    Path elsewhere = Files.move(folder.resolve(last), temp.resolve(last));
    // when: a pause
    for (int look = 1; look < BROKEN_AFTER; look++) {
      assertThat(steps()).isEmpty();
    }
    Files.move(elsewhere, folder.resolve(last));
    // then
    assertThat(steps()).isEmpty();
    assertThat(steps()).containsExactly(20L);
  }

  @ParameterizedTest
  @CsvSource({
    "config.json, 0.0, 1",
    "config.json, 0.7, 1",
    "tokenizer.json, 0.5, 1",
    "model.safetensors, 0.0, 6",
    "model.safetensors, 0.01, 6",
    "model.safetensors, 0.9, 6"
  })
  void shouldWaitForTheRestOfAFileAndNotForEver(String name, double share, int times)
      throws IOException {
    // given
    Path file = TinyCheckpoint.random(1).writeStep(run, 20).resolve(name);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, (int) (share * whole.length)));
    // when, then
    assertThat(complete()).isEmpty();
    for (int look = 1; look < times * BROKEN_AFTER; look++) {
      assertThat(steps()).isEmpty();
    }
    assertThat(steps()).as("told by the extraction").containsExactly(20L);
    // and
    Files.write(file, whole);
    assertThat(steps()).isEmpty();
    assertThat(steps()).containsExactly(20L);
    assertThat(complete()).containsExactly(20L);
  }

  @Test
  void shouldTakeWhatSavePretrainedLeftBesideTheTrainersOwn() {
    // given
    TinyCheckpoint.random(1).writeStep(run, 20);
    TinyCheckpoint.random(2).write(run.resolve("checkpoint-40"));
    watcher.look();
    // when, then
    assertThat(steps()).containsExactly(20L, 40L);
    assertThat(complete()).containsExactly(20L, 40L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"training_args.bin", "optimizer.pt", "scheduler.pt", "rng_state_0.pth"})
  void shouldWaitForTheTrainersRecordWhereATrainerIsWriting(String name) throws IOException {
    // given
    TinyCheckpoint.random(1).writeStep(run, 20);
    Path folder = TinyCheckpoint.random(2).write(run.resolve("checkpoint-40"));
    Files.createFile(folder.resolve(name));
    watcher.look();
    // when, then
    assertThat(steps()).containsExactly(20L);
    assertThat(complete()).containsExactly(20L);
    Files.writeString(folder.resolve("trainer_state.json"), "{\"global_step\": 40}");
    watcher.look();
    assertThat(steps()).containsExactly(20L, 40L);
  }

  @Test
  void shouldAnnounceOnceThoughTheTrainersRecordComesLast() throws IOException {
    // given: announced without one
    Path folder = TinyCheckpoint.random(1).write(run.resolve("checkpoint-20"));
    watcher.look();
    String before = watcher.look().getFirst().fingerprint();
    try (CheckpointFolder reading = CheckpointFolder.open(folder)) {
      // when
      Files.writeString(folder.resolve("trainer_state.json"), "{\"global_step\": 20}");
      watcher.look();
      // then: neither is it another checkpoint, nor was the one that is being read written to
      assertThat(watcher.look().getFirst().fingerprint()).isEqualTo(before);
      reading.requireUnchanged();
    }
    // and: a record of another step is told
    Files.writeString(folder.resolve("trainer_state.json"), "{\"global_step\": 210}");
    watcher.look();
    assertThat(watcher.look().getFirst().fingerprint()).isNotEqualTo(before);
  }

  @Test
  void shouldWaitForAnAdaptersTokenizerWhereOthersHaveOne() throws IOException {
    // given
    for (int step : new int[] {20, 40}) {
      Path source = AdapterFixture.copy("gpt2", temp.resolve("source-" + step)).adapter();
      Path folder = Files.move(source, run.resolve("checkpoint-" + step));
      Files.deleteIfExists(folder.resolve("tokenizer.json"));
    }
    watcher.look();
    assertThat(steps()).as("the base model's will do").containsExactly(20L, 40L);
    // when
    Files.writeString(run.resolve("checkpoint-40/tokenizer.json"), "{}");
    RunFolderWatcher later = new RunFolderWatcher(run, BROKEN_AFTER);
    later.look();
    // then
    assertThat(later.look()).extracting(r -> r.checkpoint().step()).containsExactly(40L);
    assertThat(complete()).containsExactly(40L);
  }

  @Test
  void shouldTellOfMissingTokenizersAtOnceWhereNoneIsLeftToCome() throws IOException {
    for (long step : new long[] {20, 40}) {
      Files.delete(TinyCheckpoint.random(step).writeStep(run, step).resolve("tokenizer.json"));
    }
    assertThat(complete()).containsExactly(20L, 40L);
  }
}
