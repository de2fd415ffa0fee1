package io.salient.probe.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.probe.PlantedCheckpoint;
import io.salient.probe.TinyDisk;
import io.salient.probe.matrix.BlockRows;
import io.salient.probe.matrix.CheckpointNeed;
import io.salient.probe.matrix.MatrixEncoding;
import io.salient.probe.matrix.MatrixException;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.Stage;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F11: what a checkpoint takes is told, and refused before its first row where it cannot fit. */
class RoomForCheckpointsTest {
  private static final PlantedCheckpoint CHECKPOINT = new PlantedCheckpoint(0);

  @TempDir Path temp;

  @Test
  void shouldTellWhatACheckpointNeeds() {
    try (ProbeDriver driver = new ProbeDriver(temp)) {
      driver.send(CHECKPOINT.started());

      RunStatus status = driver.statuses().getFirst();
      assertThat(status.getStage()).isEqualTo(Stage.EXTRACTING);
      assertThat(status.getMessage())
          .matches(".*needs 0\\.[0-9]+ MB in " + temp + "/0_0, [0-9.]+ [MG]B free");
    }
  }

  @Test
  void shouldRefuseWhatDoesNotFitAndGoOnWhenThereIsSpace() throws IOException {
    // given
    Map<String, String> undisturbed;
    try (ProbeDriver driver = new ProbeDriver(temp.resolve("undisturbed"))) {
      undisturbed = driver.sendAll(CHECKPOINT).settle().finals(0);
    }
    try (TinyDisk disk = new TinyDisk(temp.resolve("disk"), 16);
        ProbeDriver driver = new ProbeDriver(disk.folder())) {
      // when, then
      assertThatThrownBy(() -> driver.send(CHECKPOINT.started()))
          .rootCause()
          .isInstanceOf(MatrixException.class)
          .hasMessageStartingWith("a checkpoint needs ")
          .hasMessageContaining(" in " + disk.folder() + "/0_0, 0.0")
          .hasMessageContaining(" MB free: free space there")
          .hasMessageContaining("salient.probe.state-dir");
      assertThat(driver.statuses()).isEmpty();

      // and when
      disk.grow(65_536);
      driver.crash().sendAll(CHECKPOINT).settle();

      // then
      assertThat(driver.finals(0)).isEqualTo(undisturbed).isNotEmpty();
    }
  }

  @Test
  void shouldMakeRoomByFinishedCheckpoints() throws IOException {
    try (TinyDisk disk = new TinyDisk(temp.resolve("disk"), 65_536);
        ProbeDriver driver = new ProbeDriver(disk.folder())) {
      driver.sendAll(CHECKPOINT).settle();
      assertThat(driver.matrices()).hasSize(1);

      // when
      ExtractionStarted started = CHECKPOINT.started();
      CheckpointNeed need =
          CheckpointNeed.of(
              disk.folder(),
              BlockRows.shape("", started, MatrixEncoding.FLOAT32),
              started.getRows(),
              5 * labels(started));
      disk.grow(used(disk) + (int) ((need.scratch() + need.matrix() / 2) / 1024));
      Path first = driver.matrices().getFirst();
      driver.sendAll(new PlantedCheckpoint(10)).settle();

      // then
      assertThat(driver.matrices()).hasSize(1).doesNotContain(first);
      assertThat(driver.finals(10)).hasSize(driver.finals(0).size());
    }
  }

  private static int labels(ExtractionStarted started) {
    return started.getConcepts().stream().mapToInt(concept -> concept.getLabels().size()).sum();
  }

  private static int used(TinyDisk disk) throws IOException {
    FileStore store = Files.getFileStore(disk.folder());
    return (int) ((store.getTotalSpace() - store.getUsableSpace()) / 1024);
  }

  @Test
  void shouldFindThePlantedNeuronInAMatrixOfHalfTheSize() {
    for (MatrixEncoding encoding : MatrixEncoding.values()) {
      Path folder = temp.resolve(encoding.text());
      try (ProbeDriver driver = new ProbeDriver(folder, ProbeDriver.Options.DEFAULTS, encoding)) {
        driver.send(CHECKPOINT.started());
        CHECKPOINT.blocks().forEach(driver::send);
        driver.crash().settle();

        assertThat(driver.lastReport(0, "planted").getAccuracy()).isGreaterThan(0.9);
        assertThat(driver.lastReport(0, "planted").getCertificate().getConverged()).isTrue();
      }
    }
  }
}
