package io.salient.ranking.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * A file of TensorFlow events, a TFRecord file: of each event its length (64 bits), a masked
 * CRC-32C of that, the bytes, a masked CRC-32C of these; all little-endian. One that was torn by a
 * crash is cut after its last whole event.
 */
final class EventFile implements AutoCloseable {
  /**
   * TensorBoard reads files whose names contain "tfevents"; one name, so that it is gone on with.
   */
  private static final String NAME = "events.out.tfevents.0.salient";

  private static final int HEAD_BYTES = 12;
  private static final int TAIL_BYTES = 4;

  /** Far beyond anything written here. */
  private static final int MOST_BYTES = 1 << 20;

  private static final int MASK = 0xa282ead8;

  private final FileChannel channel;
  private final Set<ByteBuffer> written = new HashSet<>();

  private EventFile(FileChannel channel) {
    this.channel = channel;
  }

  /** The file of a folder, made where it is missing. */
  static EventFile open(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve(NAME),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    EventFile file = new EventFile(channel);
    try {
      file.readBack();
      if (file.written.isEmpty()) {
        file.append(TensorFlowEvent.version(now()));
      }
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return file;
  }

  /** A number at a step. */
  void scalar(String tag, long step, double value) throws IOException {
    append(TensorFlowEvent.scalar(now(), step, tag, (float) value));
  }

  /** A text at a step. */
  void text(String tag, long step, String text) throws IOException {
    append(TensorFlowEvent.text(now(), step, tag, text));
  }

  private static double now() {
    return Instant.now().toEpochMilli() / 1e3;
  }

  private void append(byte[] event) throws IOException {
    if (written.add(TensorFlowEvent.withoutTime(event))) {
      ByteBuffer head = little(HEAD_BYTES).putLong(event.length);
      head.putInt(masked(head.slice(0, Long.BYTES)));
      ByteBuffer record = little(HEAD_BYTES + event.length + TAIL_BYTES);
      record.put(head.flip()).put(event).putInt(masked(ByteBuffer.wrap(event))).flip();
      while (record.hasRemaining()) {
        channel.write(record);
      }
    }
  }

  private void readBack() throws IOException {
    long end = 0;
    byte[] event = next();
    while (event != null) {
      written.add(TensorFlowEvent.withoutTime(event));
      end = channel.position();
      event = next();
    }
    channel.truncate(end);
    channel.position(end);
  }

  /** Null at the end, and where what follows is no whole event. */
  private byte[] next() throws IOException {
    ByteBuffer head = read(HEAD_BYTES);
    if (head == null || masked(head.slice(0, Long.BYTES)) != head.getInt(Long.BYTES)) {
      return null;
    }
    long length = head.getLong(0);
    ByteBuffer event = length < 0 || length > MOST_BYTES ? null : read((int) length);
    ByteBuffer tail = event == null ? null : read(TAIL_BYTES);
    if (tail == null || masked(event.duplicate()) != tail.getInt(0)) {
      return null;
    }
    byte[] bytes = new byte[event.remaining()];
    event.get(bytes);
    return bytes;
  }

  private ByteBuffer read(int bytes) throws IOException {
    ByteBuffer buffer = little(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        return null;
      }
    }
    return buffer.flip();
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** As TFRecord files have it: turned by 15 bits, and a constant added. */
  private static int masked(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
