package io.salient.probe.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.probe.PlantedCheckpoint;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.Stage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F1, F9: what a crash interrupts ends in the same bytes. */
class CrashTest {
  private static final PlantedCheckpoint FIRST = new PlantedCheckpoint(0);
  private static final PlantedCheckpoint SECOND = new PlantedCheckpoint(10);

  @TempDir Path folder;
  private Map<String, String> undisturbed;

  @BeforeEach
  void fitUndisturbed() {
    try (ProbeDriver driver = new ProbeDriver(folder.resolve("undisturbed"))) {
      undisturbed = driver.sendAll(FIRST).sendAll(SECOND).settle().finals(10);
    }
    assertThat(undisturbed).hasSize(4);
  }

  private ProbeDriver disturbed() {
    return new ProbeDriver(folder.resolve("disturbed"));
  }

  @Test
  void shouldFitAfterARestartWhatWasCompleteBefore() {
    try (ProbeDriver driver = disturbed()) {
      driver.sendAll(FIRST).sendAll(SECOND).crash().settle();

      assertThat(driver.finals(10)).isEqualTo(undisturbed);
    }
  }

  @Test
  void shouldFitAgainWhenTheProbesWereNotForwarded() {
    try (ProbeDriver driver = disturbed()) {
      driver.sendAll(FIRST).settle().sendAll(SECOND).tick().fit();
      driver.crash().settle();

      assertThat(driver.finals(10)).isEqualTo(undisturbed);
      assertThat(driver.reports(10, "planted")).hasSize(1);
      assertThat(driver.reports(0, "planted")).hasSize(1);
    }
  }

  @Test
  void shouldGoOnInTheMiddleOfACheckpoint() {
    try (ProbeDriver driver = disturbed()) {
      driver.sendAll(FIRST).settle().send(SECOND.started());
      SECOND.blocks().subList(0, 4).forEach(block -> driver.send(block).settle());
      driver.crash();
      SECOND.blocks().subList(3, 10).forEach(block -> driver.send(block).settle());

      assertThat(driver.finals(10)).isEqualTo(undisturbed);
    }
  }

  @Test
  void shouldReadTornRowsAgainFromTheLog() throws IOException {
    try (ProbeDriver driver = disturbed()) {
      driver.sendAll(FIRST).settle().send(SECOND.started());
      SECOND.blocks().subList(0, 4).forEach(driver::send);
      for (Path file : matrices(driver)) {
        tear(file);
      }
      driver.crash();
      SECOND.blocks().subList(4, 10).forEach(driver::send);
      driver.settle();

      assertThat(driver.finals(10)).isEqualTo(undisturbed);
    }
  }

  @Test
  void shouldReadTheWholeCheckpointAgainWhenTheStateFolderWasDeleted() throws IOException {
    try (ProbeDriver driver = disturbed()) {
      driver.sendAll(FIRST).settle().sendAll(SECOND);
      for (Path file : matrices(driver)) {
        Files.delete(file);
      }
      driver.crash().settle();

      assertThat(driver.finals(10)).isEqualTo(undisturbed);
    }
  }

  @Test
  void shouldNotTrustAFileThatWasDeletedUnderItsFeet() throws IOException {
    try (ProbeDriver driver = disturbed()) {
      driver.sendAll(FIRST).settle().sendAll(SECOND);
      for (Path file : matrices(driver)) {
        Files.delete(file);
      }
      driver.settle(); // no crash

      assertThat(driver.finals(10)).isEqualTo(undisturbed);
    }
  }

  @Test
  void shouldGiveUpACheckpointWhoseActivationsAreGoneAndGoOn() throws IOException {
    PlantedCheckpoint third = new PlantedCheckpoint(20);
    try (ProbeDriver driver = disturbed()) {
      driver.sendAll(FIRST).settle().sendAll(SECOND);
      for (Path file : matrices(driver)) {
        Files.delete(file);
      }
      driver.retainedFrom = 15; // in the middle of the second checkpoint's blocks
      driver.crash().settle();

      RunStatus lost = driver.statuses().getLast();
      assertThat(lost.getStage()).isEqualTo(Stage.LOST);
      assertThat(lost.getStep()).isEqualTo(10);
      assertThat(lost.getReason()).isEqualTo("activations.expired");
      assertThat(lost.getMessage())
          .contains("again=true", "salient.topics.activations-retention-bytes");

      // when: another checkpoint comes, and the lost one again
      driver.sendAll(third).settle().sendAll(SECOND).settle();

      // then
      assertThat(driver.lastReport(20, "planted").getFinal$()).isTrue();
      assertThat(driver.lastReport(10, "planted").getFinal$()).isTrue();
      assertThat(driver.dead()).isEmpty();
    }
  }

  @Test
  void shouldSweepFilesThatNoCheckpointNeeds() throws IOException {
    try (ProbeDriver driver = disturbed()) {
      driver.sendAll(FIRST).settle();
      Path orphan = matrices(driver).getFirst().resolveSibling("ab.matrix");
      Files.write(orphan, new byte[9]);

      driver.crash();

      assertThat(orphan).doesNotExist();
      assertThat(matrices(driver)).hasSize(1);
    }
  }

  @Test
  void shouldKeepNoMatrixBeyondTheBytesAllowed() throws IOException {
    try (ProbeDriver driver = new ProbeDriver(folder.resolve("tight"), java.util.Set.of(), 0)) {
      driver.sendAll(FIRST).sendAll(SECOND).settle();

      assertThat(matrices(driver)).isEmpty();
      assertThat(driver.finals(10)).isEqualTo(undisturbed);
    }
  }

  private static List<Path> matrices(ProbeDriver driver) throws IOException {
    try (Stream<Path> all = Files.walk(driver.folder)) {
      return all.filter(file -> file.toString().endsWith(".matrix")).toList();
    }
  }

  private static void tear(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 4096 + 50);
    }
  }
}
