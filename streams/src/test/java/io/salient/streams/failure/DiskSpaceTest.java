package io.salient.streams.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {
  @TempDir Path folder;

  @Test
  void shouldTellBytesAsPeopleDo() {
    assertThat(DiskSpace.text(32_768)).isEqualTo("0.03 MB");
    assertThat(DiskSpace.text(540_000_000)).isEqualTo("540 MB");
    assertThat(DiskSpace.text(3_140_000_000L)).isEqualTo("3.1 GB");
    assertThat(DiskSpace.need(3_140_000_000L, Path.of("/data"), 12_000_000_000L))
        .isEqualTo("needs 3.1 GB in /data, 12.0 GB free");
  }

  @Test
  void shouldLookAtTheDiskOfAFolderThatIsNotThereYet() {
    assertThat(DiskSpace.free(folder.resolve("a/b/c"))).isPositive();
  }

  @Test
  void shouldKnowAFullDiskBehindWhateverItCameUpIn() {
    IOException full = new IOException("While appending to file: x.sst: No space left on device");

    assertThat(DiskSpace.isFull(new IllegalStateException("stream", new RuntimeException(full))))
        .isTrue();
    assertThat(DiskSpace.isFull(new IllegalStateException("stream", new IOException()))).isFalse();
    assertThat(DiskSpace.full(Path.of("/data"), "salient.x"))
        .startsWith("disk full /data: ")
        .contains("(salient.x)")
        .doesNotContain("\n");
  }
}
