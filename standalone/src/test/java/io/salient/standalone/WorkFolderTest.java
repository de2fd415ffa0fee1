package io.salient.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F11: a disk that is full, and what a process leaves behind. */
class WorkFolderTest {
  @TempDir Path folder;

  @Test
  void shouldRefuseADiskThatIsNearlyFull() {
    assertThatThrownBy(() -> WorkFolder.requireSpace(folder, 4L << 20))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no space left on " + folder)
        .hasMessageContaining("4 MB")
        .hasMessageContaining("--state-dir");
    WorkFolder.requireSpace(folder, WorkFolder.LEAST_FREE_BYTES);
  }

  @Test
  void shouldTellABrokerThatMetAFullDiskFromOneThatDidNot() {
    assertThat(BrokerDeath.sentence(folder, 0)).startsWith("no space left on " + folder);
    assertThat(BrokerDeath.sentence(folder, 1L << 40)).contains("cannot go on", folder.toString());
  }

  @Test
  void shouldDeleteTemporaryFoldersOnce() throws IOException {
    // given
    Path temporary = LastStop.temporaryFolder("salient-test-");
    Files.writeString(temporary.resolve("data"), "some");

    // when
    LastStop.now();
    LastStop.now();

    // then
    assertThat(temporary).doesNotExist();
  }

  @Test
  void shouldKeepALastingFolder() throws IOException {
    Path lasting = WorkFolder.lasting(folder.resolve("state"));

    LastStop.now();

    assertThat(lasting).isDirectory();
  }
}
