package io.salient.probe.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.salient.probe.TinyDisk;
import io.salient.streams.failure.DiskSpace;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F11: a full disk is one line that names the folder, and nothing is lost. */
class FullDiskTest {
  private static final int WIDTH = 5_000;
  private static final MatrixFile.Shape SHAPE =
      new MatrixFile.Shape("run/1/id", 200, WIDTH, 0, MatrixEncoding.FLOAT32);

  @TempDir Path temp;
  private TinyDisk disk;

  @BeforeEach
  void mount() throws IOException {
    disk = new TinyDisk(temp.resolve("disk"), 1_024);
  }

  @AfterEach
  void unmount() throws IOException {
    if (disk != null) {
      disk.close();
    }
  }

  @Test
  void shouldNameTheFolderAndKeepTheRowsWhenAMatrixDoesNotFit() throws IOException {
    Path file = disk.folder().resolve("0_0/one.matrix");
    try (MatrixFile matrix = MatrixFile.open(file, SHAPE)) {
      // when
      BitSet written = new BitSet();
      Throwable full = catchThrowable(() -> writeAll(matrix, written));

      // then
      assertThat(full)
          .isInstanceOf(MatrixException.class)
          .hasMessageStartingWith("disk full " + file.getParent() + ": free space there")
          .hasMessageContaining("salient.probe.state-dir")
          .hasMessageContaining("nothing is lost");
      assertThat(full.getMessage().lines()).hasSize(1);
      assertThat(written.cardinality()).isBetween(20, 60);
      assertThat(matrix.torn(written).isEmpty()).isTrue();

      // and when there is space again
      disk.grow(8_192);
      writeAll(matrix, written);

      // then
      assertThat(written.cardinality()).isEqualTo(SHAPE.rows());
      assertThat(matrix.torn(written).isEmpty()).isTrue();
    }
  }

  private static void writeAll(MatrixFile matrix, BitSet written) {
    for (int row = written.nextClearBit(0); row < SHAPE.rows(); row++) {
      matrix.write(row, MemorySegment.ofArray(new float[WIDTH]), new int[0], "word");
      written.set(row);
    }
  }

  @Test
  void shouldNameTheFolderAndLeaveNothingBehindWhenScratchDoesNotFit() throws IOException {
    Path folder = disk.folder().resolve("scratch");
    try (MappedScratch scratch = new MappedScratch(folder)) {
      assertThatThrownBy(() -> scratch.allocate(4 << 20))
          .isInstanceOf(MatrixException.class)
          .hasMessageStartingWith("disk full " + folder + ": free space there");
      try (Stream<Path> left = Files.list(folder)) {
        assertThat(left).isEmpty();
      }
      assertThat(DiskSpace.free(folder)).isGreaterThan(900 << 10);

      disk.grow(8_192);
      scratch.allocate(4 << 20).fill((byte) 1); // claimed, so this cannot fail
    }
  }

  /** What systems without posix_fallocate do. */
  @Test
  void shouldFindOutByZerosToo() throws IOException {
    Path file = Files.createFile(disk.folder().resolve("zeros"));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      assertThatThrownBy(() -> ClaimedFile.fill(channel, 4 << 20))
          .isInstanceOf(IOException.class)
          .satisfies(e -> assertThat(DiskSpace.isFull(e)).isTrue());
    }
  }

  @Test
  void shouldClaimWhatItIsAskedFor() throws IOException {
    Path file = Files.createFile(disk.folder().resolve("claimed"));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ClaimedFile.claim(file, channel, 512 << 10);
    }
    assertThat(file).hasSize(512 << 10);
    assertThat(DiskSpace.free(file)).isLessThanOrEqualTo(512 << 10);
  }
}
