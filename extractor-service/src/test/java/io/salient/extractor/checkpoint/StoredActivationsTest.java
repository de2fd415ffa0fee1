package io.salient.extractor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.extractor.TinyCheckpoint;
import io.salient.extractor.announcement.RunFolderWatcher;
import io.salient.extractor.neurox.NeuroxResources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of activations where checkpoints are looked for. */
class StoredActivationsTest {
  @TempDir Path run;
  private byte[] hdf5;
  private byte[] lines;

  @BeforeEach
  void read() throws Exception {
    hdf5 = Files.readAllBytes(NeuroxResources.path("all.hdf5"));
    lines = Files.readAllBytes(NeuroxResources.path("all.json"));
  }

  @Test
  void shouldAnnounceFoldersAndFilesOfStepsByStep() throws IOException {
    Files.write(
        Files.createDirectories(run.resolve("checkpoint-20")).resolve("activations.json"), lines);
    Files.write(run.resolve("checkpoint-100.hdf5"), hdf5);
    Files.write(run.resolve("notes.json"), lines);
    RunFolderWatcher watcher = new RunFolderWatcher(run, 10);

    assertThat(watcher.look()).isEmpty();
    assertThat(watcher.look())
        .extracting(ready -> ready.checkpoint().step())
        .containsExactly(20L, 100L);
  }

  @Test
  void shouldWaitForAFileThatIsStillBeingWritten() throws IOException {
    Path file = run.resolve("checkpoint-100.hdf5");
    Files.write(file, Arrays.copyOf(hdf5, hdf5.length - 1_000));
    Path other = run.resolve("checkpoint-200.json");
    Files.write(other, Arrays.copyOf(lines, lines.length - 1));
    RunFolderWatcher watcher = new RunFolderWatcher(run, 10);
    watcher.look();
    assertThat(watcher.look()).isEmpty();

    Files.write(file, hdf5);
    Files.write(other, lines);
    watcher.look();

    assertThat(watcher.look()).hasSize(2);
  }

  @Test
  void shouldTakeThemBesideAModel() throws IOException {
    Path step = TinyCheckpoint.random(1).writeStep(run, 20);
    assertThat(StoredActivations.in(step)).isEmpty();

    Files.write(step.resolve("activations.hdf5"), hdf5);

    assertThat(StoredActivations.in(step)).contains(step.resolve("activations.hdf5"));
    assertThat(StoredActivations.besideModel(step)).isPresent();
  }
}
