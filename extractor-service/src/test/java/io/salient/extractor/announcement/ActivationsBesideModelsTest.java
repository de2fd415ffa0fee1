package io.salient.extractor.announcement;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.extractor.TinyCheckpoint;
import io.salient.extractor.checkpoint.FolderFingerprint;
import io.salient.extractor.neurox.NeuroxResources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Activations that a training writes beside the model, a moment after its last file. */
class ActivationsBesideModelsTest {
  private static final int BROKEN_AFTER = 4;

  @TempDir Path run;
  private RunFolderWatcher watcher;
  private byte[] activations;

  @BeforeEach
  void read() throws Exception {
    watcher = new RunFolderWatcher(run, BROKEN_AFTER);
    activations = Files.readAllBytes(NeuroxResources.path("all.hdf5"));
  }

  private List<Long> steps() {
    return watcher.look().stream().map(ready -> ready.checkpoint().step()).toList();
  }

  private Path withActivations(long step) throws IOException {
    Path folder = TinyCheckpoint.random(step).writeStep(run, step);
    Files.write(folder.resolve("activations.hdf5"), activations);
    return folder;
  }

  @Test
  void shouldWaitForTheActivationsOfLaterSteps() throws IOException {
    // given: whoever began to write them at step 20 has not come to step 40 yet
    TinyCheckpoint.random(1).writeStep(run, 10);
    withActivations(20);
    Path later = TinyCheckpoint.random(3).writeStep(run, 40);
    watcher.look();
    // when: a pause
    for (int look = 2; look < BROKEN_AFTER; look++) {
      assertThat(steps()).containsExactly(10L, 20L);
    }
    Files.write(later.resolve("activations.hdf5"), activations);
    // then
    assertThat(steps()).containsExactly(10L, 20L);
    assertThat(steps()).containsExactly(10L, 20L, 40L);
  }

  @Test
  void shouldTakeTheModelWhereActivationsDoNotCome() throws IOException {
    withActivations(20);
    TinyCheckpoint.random(3).writeStep(run, 40);
    for (int look = 1; look < BROKEN_AFTER; look++) {
      assertThat(steps()).doesNotContain(40L);
    }
    assertThat(steps()).containsExactly(20L, 40L);
  }

  @Test
  void shouldWaitForTheFirstActivationsThatAreBeingWritten() throws IOException {
    // given: no other checkpoint tells that there will be some
    Path folder = TinyCheckpoint.random(1).writeStep(run, 20);
    Path part = folder.resolve("activations.hdf5.part");
    Files.write(part, Arrays.copyOf(activations, 100));
    // when: the model runs for longer than a folder is waited for
    for (int look = 1; look <= 2 * BROKEN_AFTER; look++) {
      assertThat(steps()).isEmpty();
    }
    Files.write(part, activations);
    Files.move(part, folder.resolve("activations.hdf5"));
    // then
    assertThat(steps()).isEmpty();
    assertThat(steps()).containsExactly(20L);
  }

  @Test
  void shouldTakeTheModelBesideWhatADeadWriterLeft() throws IOException {
    Path folder = TinyCheckpoint.random(1).writeStep(run, 20);
    Files.write(folder.resolve("activations.hdf5.part"), Arrays.copyOf(activations, 100));
    for (int look = 1; look < RunFolderWatcher.CUT_SHORT * BROKEN_AFTER; look++) {
      assertThat(steps()).isEmpty();
    }
    assertThat(steps()).containsExactly(20L);
  }

  @Test
  void shouldAnnounceAgainWhenActivationsComeAfterAll() throws IOException {
    Path folder = TinyCheckpoint.random(1).writeStep(run, 20);
    String before = FolderFingerprint.ofCheckpoint(folder);
    Files.write(folder.resolve("activations.hdf5"), activations);
    watcher.look();
    assertThat(watcher.look().getFirst().fingerprint()).isNotEqualTo(before);
  }
}
