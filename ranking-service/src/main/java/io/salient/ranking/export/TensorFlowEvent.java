package io.salient.ranking.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * TensorFlow's {@code Event} message in the wire format of protocol buffers: as much of it as a
 * scalar and a text of TensorBoard need (event.proto, summary.proto and tensor.proto of
 * TensorFlow).
 */
final class TensorFlowEvent {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  /** DT_STRING of types.proto. */
  private static final int STRING_TYPE = 7;

  /** Of the first field, wall_time, with its tag. */
  private static final int TIME_BYTES = 9;

  private static final int MOST_VARINT_BYTES = 10;

  private TensorFlowEvent() {}

  /** The first event of a file. */
  static byte[] version(double time) {
    return join(fixed64(1, Double.doubleToLongBits(time)), text(3, "brain.Event:2"));
  }

  /** A number of a step. */
  static byte[] scalar(double time, long step, String tag, float value) {
    return event(time, step, join(text(1, tag), fixed32(2, Float.floatToIntBits(value))));
  }

  /** A text of a step: a tensor of one string, shown by the plugin "text". */
  static byte[] text(double time, long step, String tag, String text) {
    byte[] dimension = varint(1, 1);
    byte[] tensor = join(varint(1, STRING_TYPE), bytes(2, bytes(2, dimension)), text(8, text));
    byte[] metadata = bytes(1, text(1, "text"));
    return event(time, step, join(text(1, tag), bytes(8, tensor), bytes(9, metadata)));
  }

  private static byte[] event(double time, long step, byte[] value) {
    return join(
        fixed64(1, Double.doubleToLongBits(time)), varint(2, step), bytes(5, bytes(1, value)));
  }

  /** What an event says, whenever it was written. */
  static ByteBuffer withoutTime(byte[] event) {
    int from = Math.min(TIME_BYTES, event.length);
    return ByteBuffer.wrap(event, from, event.length - from).slice();
  }

  private static byte[] text(int field, String text) {
    return bytes(field, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] bytes(int field, byte[] value) {
    return join(tag(field, BYTES), number(value.length), value);
  }

  private static byte[] varint(int field, long value) {
    return join(tag(field, VARINT), number(value));
  }

  private static byte[] fixed32(int field, int value) {
    return join(tag(field, FIXED32), little(Integer.BYTES).putInt(value).array());
  }

  private static byte[] fixed64(int field, long value) {
    return join(tag(field, FIXED64), little(Long.BYTES).putLong(value).array());
  }

  private static byte[] tag(int field, int type) {
    return number(((long) field << 3) | type);
  }

  /** Seven bits a byte, the lowest first. */
  private static byte[] number(long value) {
    ByteBuffer bytes = ByteBuffer.allocate(MOST_VARINT_BYTES);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.put((byte) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    bytes.put((byte) rest);
    byte[] number = new byte[bytes.position()];
    bytes.flip().get(number);
    return number;
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer all = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }
}
