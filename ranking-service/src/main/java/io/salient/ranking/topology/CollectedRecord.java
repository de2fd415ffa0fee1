package io.salient.ranking.topology;

import io.salient.streams.state.StateFormatException;
import java.nio.ByteBuffer;

/**
 * A record that waits for the rest of its set, as it came.
 *
 * <pre>
 * offset 0   8 bytes   its offset in the source partition, big-endian; -1 when unknown
 * offset 8   8 bytes   stream time when it came, milliseconds
 * offset 16  the rest  the record's bytes
 * </pre>
 *
 * <p>An offset stays below 2^56, so the first byte is 0 or FF. A later layout starts with its
 * version, 2 or more.
 */
final class CollectedRecord {
  static final byte VERSION = 1;
  private static final int HEADER = 16;

  private final long offset;
  private final long streamTime;
  private final byte[] value;

  CollectedRecord(long offset, long streamTime, byte[] value) {
    this.offset = offset;
    this.streamTime = streamTime;
    this.value = value;
  }

  static CollectedRecord read(byte[] bytes) {
    ByteBuffer buffer = checked(bytes);
    long offset = buffer.getLong();
    long streamTime = buffer.getLong();
    byte[] value = new byte[bytes.length - HEADER];
    buffer.get(value);
    return new CollectedRecord(offset, streamTime, value);
  }

  static long streamTime(byte[] bytes) {
    return checked(bytes).getLong(8);
  }

  private static ByteBuffer checked(byte[] bytes) {
    if (bytes[0] > VERSION) {
      throw new StateFormatException("collected." + bytes[0], RankingStores.COLLECTED, "");
    }
    return ByteBuffer.wrap(bytes);
  }

  byte[] bytes() {
    return ByteBuffer.allocate(HEADER + value.length)
        .putLong(offset)
        .putLong(streamTime)
        .put(value)
        .array();
  }

  long offset() {
    return offset;
  }

  byte[] value() {
    return value;
  }
}
