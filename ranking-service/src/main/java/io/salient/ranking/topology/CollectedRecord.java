package io.salient.ranking.topology;

import java.nio.ByteBuffer;

/**
 * A record that waits for the rest of its set, as it came.
 *
 * <pre>
 * offset 0   8 bytes   its offset in the source partition, big-endian
 * offset 8   8 bytes   stream time when it came, milliseconds
 * offset 16  the rest  the record's bytes
 * </pre>
 */
final class CollectedRecord {
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
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long offset = buffer.getLong();
    long streamTime = buffer.getLong();
    byte[] value = new byte[bytes.length - HEADER];
    buffer.get(value);
    return new CollectedRecord(offset, streamTime, value);
  }

  static long streamTime(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong(8);
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
