package io.salient.ranking.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files by their bytes; that TensorBoard itself reads them is a test of clients/python. */
class TensorBoardSinkTest {
  private static final String FILE = "run/events.out.tfevents.0.salient";

  @TempDir Path folder;

  @Test
  void shouldWriteTheVersionThenAnEventPerFigure() throws IOException {
    // when
    write(figures(10, 0.5, null));

    // then
    List<byte[]> events = events();
    assertThat(events).hasSize(2);
    assertThat(text(events.getFirst())).contains("brain.Event:2");
    assertThat(text(events.getLast())).contains("accuracy/upos");
    ByteBuffer bytes = ByteBuffer.wrap(events.getLast()).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.get(9)).as("field 2, a varint").isEqualTo((byte) 0x10);
    assertThat(bytes.get(10)).as("the step").isEqualTo((byte) 10);
    assertThat(bytes.getFloat(bytes.limit() - Float.BYTES)).isEqualTo(0.5f);
  }

  @Test
  void shouldWriteAVerdictAsText() throws IOException {
    // when
    write(figures(10, 0.5, "re-encoded"));

    // then
    assertThat(text(events().getLast())).contains("verdict/upos", "re-encoded", "text");
  }

  @Test
  void shouldGoOnWithAFileAndWriteNothingTwice() throws IOException {
    // given
    write(figures(10, 0.5, "stable"));

    // when: after a restart all comes again, and one figure more
    write(figures(10, 0.5, "stable"), figures(20, 0.6, null));

    // then
    assertThat(events()).hasSize(4);
  }

  @Test
  void shouldKeepBothFiguresWhereOneChanged() throws IOException {
    // when
    write(figures(10, 0.5, null), figures(10, 0.6, null));

    // then
    assertThat(events()).hasSize(3);
  }

  @Test
  void shouldCutAnEventThatACrashTore() throws IOException {
    // given
    write(figures(10, 0.5, null));
    byte[] whole = Files.readAllBytes(folder.resolve(FILE));
    Files.write(folder.resolve(FILE), new byte[] {9, 0, 0, 0, 0, 0}, StandardOpenOption.APPEND);

    // when
    write(figures(10, 0.5, null));

    // then
    assertThat(Files.readAllBytes(folder.resolve(FILE))).isEqualTo(whole);
  }

  @Test
  void shouldStayInItsFolderWhateverARunIsCalled() throws IOException {
    for (String run : List.of("..", "a\\b", "../../etc", ".hidden")) {
      // when
      try (TensorBoardSink sink = new TensorBoardSink(folder.resolve("inner"))) {
        sink.take(new Figures(run, "upos", 1, Map.of("accuracy", 0.5), null));
      }
    }

    // then
    try (var entries = Files.list(folder)) {
      assertThat(entries).containsExactly(folder.resolve("inner"));
    }
    try (var runs = Files.list(folder.resolve("inner"))) {
      assertThat(runs).hasSize(4);
    }
  }

  private void write(Figures... figures) throws IOException {
    try (TensorBoardSink sink = new TensorBoardSink(folder)) {
      for (Figures one : figures) {
        sink.take(one);
      }
    }
  }

  private static Figures figures(long step, double accuracy, String verdict) {
    return new Figures("run", "upos", step, Map.of("accuracy", accuracy), verdict);
  }

  private static String text(byte[] event) {
    return new String(event, StandardCharsets.ISO_8859_1);
  }

  /** Reads a TFRecord file, and checks each sum. */
  private List<byte[]> events() throws IOException {
    ByteBuffer file =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve(FILE))).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> events = new ArrayList<>();
    while (file.hasRemaining()) {
      byte[] length = new byte[Long.BYTES];
      file.get(file.position(), length);
      int bytes = (int) file.getLong();
      assertThat(file.getInt()).isEqualTo(masked(length));
      byte[] event = new byte[bytes];
      file.get(event);
      assertThat(file.getInt()).isEqualTo(masked(event));
      events.add(event);
    }
    return events;
  }

  private static int masked(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    long sum = crc.getValue();
    return (int) ((((sum >>> 15) | (sum << 17)) & 0xffffffffL) + 0xa282ead8L);
  }
}
