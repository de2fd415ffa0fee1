package io.salient.extractor.announcement;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.extractor.TinyCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that claim the same step: the good one is taken, the others are told of. */
class StepClaimsTest {
  @TempDir Path run;

  private Path claim(String name, long globalStep) throws IOException {
    Path folder = TinyCheckpoint.random(globalStep).write(run.resolve(name));
    Files.writeString(
        folder.resolve("trainer_state.json"), "{\"global_step\": " + globalStep + "}");
    return folder;
  }

  private void assertTaken(Path good, String other) {
    RunFolder now = RunFolder.look(run);
    assertThat(now.checkpoints()).containsExactly(new StepFolder(20, good));
    assertThat(now.ignored())
        .containsExactlyEntriesOf(
            Map.of(other, "is the same step as " + good.getFileName() + ", which is taken"));
    assertThat(RunFolderWatcher.completeCheckpoints(run)).containsExactly(new StepFolder(20, good));
  }

  @Test
  void shouldTakeTheNameThatTheTrainerGives() throws IOException {
    Path good = claim("checkpoint-20", 20);
    claim("checkpoint-0020", 20);
    assertTaken(good, "checkpoint-0020");
  }

  @Test
  void shouldTakeTheOneThatIsOfTheStep() throws IOException {
    claim("checkpoint-20", 100);
    Path good = claim("checkpoint-0020", 20);
    assertTaken(good, "checkpoint-20");
  }

  @Test
  void shouldTakeTheOneThatIsWhole() throws IOException {
    Files.delete(claim("checkpoint-20", 20).resolve("model.safetensors"));
    Path good = claim("checkpoint-0020", 20);
    assertTaken(good, "checkpoint-20");
  }

  @Test
  void shouldTakeTheOneThatIsWholeThoughNoRecordSpeaksForIt() throws IOException {
    claim("checkpoint-0020", 100);
    Path good = TinyCheckpoint.random(1).write(run.resolve("checkpoint-000020"));
    assertTaken(good, "checkpoint-0020");
  }
}
