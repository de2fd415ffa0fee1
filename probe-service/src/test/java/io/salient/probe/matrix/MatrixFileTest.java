package io.salient.probe.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.salient.streams.state.SalientVersion;
import io.salient.streams.state.StateFormatException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixFileTest {
  private static final MatrixFile.Shape SHAPE =
      new MatrixFile.Shape("run/1/id", 100, 5, 2, MatrixEncoding.FLOAT32);
  private static final long HEADER = 4096;
  private static final long STRIDE = 4 * 5 + 4 * 2 + 64 + 4;

  @TempDir Path folder;

  @Test
  void shouldGiveBackWhatWasWritten() {
    try (MatrixFile matrix = open()) {
      write(matrix, 0);
      write(matrix, 99);

      assertThat(matrix.rows()).isEqualTo(100);
      assertThat(matrix.width()).isEqualTo(5);
      assertThat(read(matrix, 99)).isEqualTo(row(99));
      assertThat(matrix.code(99, 0)).isEqualTo(99);
      assertThat(matrix.code(99, 1)).isEqualTo(-1);
      assertThat(matrix.word(99)).isEqualTo("word99");
      assertThat(matrix.torn(rows(0, 99)).isEmpty()).isTrue();
    }
  }

  @Test
  void shouldKeepRowsWhenOpenedAgain() {
    try (MatrixFile matrix = open()) {
      assertThat(matrix.fresh()).isTrue();
      write(matrix, 7);
    }
    try (MatrixFile matrix = open()) {
      assertThat(matrix.fresh()).isFalse();
      assertThat(read(matrix, 7)).isEqualTo(row(7));
    }
  }

  @Test
  void shouldNotTakeAHoleForARow() {
    try (MatrixFile matrix = open()) {
      assertThat(matrix.torn(rows(3))).isEqualTo(rows(3));
    }
  }

  /** F9. */
  @Test
  void shouldFindEveryFlippedByte() throws IOException {
    for (long offset : new long[] {0, 19, 20, 27, 28, 29, 91, 92, 95}) {
      try (MatrixFile matrix = open()) {
        write(matrix, 7);
        write(matrix, 8);
        flip(HEADER + 7 * STRIDE + offset);

        assertThat(matrix.torn(rows(7, 8))).as("byte %s", offset).isEqualTo(rows(7));
      }
    }
  }

  /** F9. */
  @Test
  void shouldFindTheRowsThatATruncatedFileHasLost() throws IOException {
    try (MatrixFile matrix = open()) {
      write(matrix, 7);
      write(matrix, 90);
    }
    try (RandomAccessFile file = new RandomAccessFile(file().toFile(), "rw")) {
      file.setLength(HEADER + 90 * STRIDE + 3);
    }
    try (MatrixFile matrix = open()) {
      assertThat(matrix.torn(rows(7, 90))).isEqualTo(rows(90));
    }
  }

  @Test
  void shouldBeginAnewWithAForeignHeader() throws IOException {
    try (MatrixFile matrix = open()) {
      write(matrix, 7);
    }
    for (MatrixFile.Shape other :
        new MatrixFile.Shape[] {
          new MatrixFile.Shape("run/1/other", 100, 5, 2, MatrixEncoding.FLOAT32),
          new MatrixFile.Shape("run/1/other", 100, 6, 2, MatrixEncoding.FLOAT32),
          new MatrixFile.Shape("run/1/other", 101, 6, 2, MatrixEncoding.FLOAT32),
          new MatrixFile.Shape("run/1/other", 101, 6, 1, MatrixEncoding.FLOAT32)
        }) {
      try (MatrixFile matrix = MatrixFile.open(file(), other)) {
        assertThat(matrix.fresh()).isTrue();
        assertThat(matrix.torn(rows(7))).isEqualTo(rows(7));
      }
    }
    Files.write(file(), new byte[] {1, 2, 3});
    try (MatrixFile matrix = open()) {
      assertThat(matrix.fresh()).isTrue();
    }
  }

  @Test
  void shouldLeaveWhoStillReadsAloneWhenBeginningAnew() throws IOException {
    try (MatrixFile reader = open()) {
      write(reader, 7);
      flip(3);
      try (MatrixFile anew = open()) {
        assertThat(anew.fresh()).isTrue();
      }
      assertThat(read(reader, 7)).isEqualTo(row(7));
    }
  }

  @Test
  void shouldKeepTheNumberFormatOfAFileThatIsThere() {
    MatrixFile.Shape half = new MatrixFile.Shape("run/1/id", 100, 5, 2, MatrixEncoding.FLOAT16);
    try (MatrixFile matrix = MatrixFile.open(file(), half)) {
      write(matrix, 7);
      assertThat(matrix.encoding()).isEqualTo(MatrixEncoding.FLOAT16);
      assertThat(file()).hasSize(half.bytes());
    }
    try (MatrixFile matrix = open()) {
      assertThat(matrix.fresh()).isFalse();
      assertThat(matrix.encoding()).isEqualTo(MatrixEncoding.FLOAT16);
      assertThat(matrix.torn(rows(7, 8))).isEqualTo(rows(8));
      assertThat(matrix.code(7, 0)).isEqualTo(7);
      assertThat(matrix.word(7)).isEqualTo("word7");
      assertThat(read(matrix, 7)[3]).isEqualTo(1e38f, within(1e38f / 2048));
      float[] two = new float[2];
      MemorySegment target = MemorySegment.ofArray(two);
      matrix.read(7, new int[] {3, 1}, target);
      assertThat(two).containsExactly(read(matrix, 7)[3], read(matrix, 7)[1]);
    }
  }

  /** These bytes lie in the state of running deployments. */
  @Test
  void shouldBeginAsDrawn() throws IOException {
    open().close();
    assertThat(Files.readAllBytes(file())).startsWith("SALMTX02".getBytes(UTF_8));
    assertThat(new String(Files.readAllBytes(file()), 24, 32, UTF_8).replace("\0", ""))
        .isEqualTo(SalientVersion.text());
  }

  /** F25. */
  @Test
  void shouldLeaveAFileOfANewerVersionAlone() throws IOException {
    byte[] newer = Arrays.copyOf("SALMTX04".getBytes(UTF_8), 5_000);
    Files.createDirectories(file().getParent());
    Files.write(file(), newer);

    assertThatThrownBy(this::open)
        .isInstanceOf(StateFormatException.class)
        .hasMessageStartingWith("state format matrix.04 of " + file() + ", needs");
    assertThat(Files.readAllBytes(file())).isEqualTo(newer);
  }

  /** F11. */
  @Test
  void shouldNameTheFolderWhenTheDiskIsFull() {
    MatrixException full = new MatrixException(file(), new IOException("No space left on device"));

    assertThat(full).hasMessageStartingWith("disk full " + file().getParent() + ":");
    assertThat(full).hasMessageContaining("salient.probe.state-dir");
  }

  @Test
  void shouldNameTheSettingWhenTheFolderCannotBeWritten() throws IOException {
    Path notAFolder = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> MatrixFile.open(notAFolder.resolve("x/y.matrix"), SHAPE))
        .isInstanceOf(MatrixException.class)
        .hasMessageContaining("salient.probe.state-dir");
  }

  private Path file() {
    return folder.resolve("0_0/one.matrix");
  }

  private MatrixFile open() {
    return MatrixFile.open(file(), SHAPE);
  }

  private static void write(MatrixFile matrix, int row) {
    matrix.write(row, MemorySegment.ofArray(row(row)), new int[] {row, -1}, "word" + row);
  }

  private static float[] row(int row) {
    return new float[] {row, -0.0f, Float.MIN_VALUE, 1e38f, row + 0.5f};
  }

  private static float[] read(MatrixFile matrix, int row) {
    float[] values = new float[matrix.width()];
    MemorySegment target = MemorySegment.ofArray(values);
    matrix.read(row, target);
    return target.toArray(ValueLayout.JAVA_FLOAT);
  }

  private static BitSet rows(int... rows) {
    BitSet set = new BitSet();
    for (int row : rows) {
      set.set(row);
    }
    return set;
  }

  private void flip(long position) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(file().toFile(), "rw")) {
      file.seek(position);
      int old = file.read();
      file.seek(position);
      file.write(old ^ 0x40);
    }
  }
}
