package io.salient.extractor.neurox;

import io.salient.schemas.avro.Encoding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An object header of an HDF5 file, version 1, made of messages, as the HDF5 File Format
 * Specification 3.0 (The HDF Group), section IV.A, draws them.
 *
 * <pre>
 * 0   version 1, 0        4  references (1)      12  0
 * 2   number of messages  8  bytes of messages   16  messages, each
 *                                                    0 type  2 size  4 flags  5 0  8 body, padded to 8
 * </pre>
 */
final class Hdf5Messages {
  private static final int PREFIX = 16;
  private static final int MESSAGE_PREFIX = 8;

  private final List<ByteBuffer> messages = new ArrayList<>();

  /** Bytes of the whole header. */
  int size() {
    return PREFIX + messages.stream().mapToInt(ByteBuffer::limit).sum();
  }

  /** Puts the header down. */
  void putTo(ByteBuffer target) {
    target.put((byte) 1).put((byte) 0).putShort((short) messages.size()).putInt(1);
    target.putInt(size() - PREFIX).putInt(0);
    messages.forEach(message -> target.put(message.duplicate()));
  }

  /** A group of the old style: its members by a B-tree of names. */
  Hdf5Messages group(long tree, long heap) {
    return add(0x11, body(16).putLong(tree).putLong(heap));
  }

  /** Dimensions. */
  Hdf5Messages space(long... dimensions) {
    return add(0x01, dataspace(dimensions));
  }

  /** IEEE 754 numbers, little-endian. */
  Hdf5Messages floats(Encoding encoding) {
    boolean half = encoding == Encoding.FLOAT16;
    int bits = half ? 16 : 32;
    int exponent = half ? 5 : 8;
    int mantissa = bits - 1 - exponent;
    ByteBuffer type = body(20);
    type.put((byte) 0x11).put((byte) 0x20).put((byte) (bits - 1)).put((byte) 0).putInt(bits / 8);
    type.putShort((short) 0).putShort((short) bits);
    type.put((byte) mantissa).put((byte) exponent).put((byte) 0).put((byte) mantissa);
    type.putInt(half ? 15 : 127);
    return add(0x03, type);
  }

  /** UTF-8 text of any length, which lies in a global heap. */
  Hdf5Messages texts() {
    ByteBuffer type = body(20);
    type.put((byte) 0x19).put((byte) 1).put((byte) 1).put((byte) 0).putInt(16);
    type.put((byte) 0x10).put((byte) 0).put((byte) 0).put((byte) 0).putInt(1);
    type.putShort((short) 0).putShort((short) 8);
    return add(0x03, type);
  }

  /** Where the data lie, in one piece; what was never written reads as zeros. */
  Hdf5Messages data(long address, long bytes) {
    add(0x05, body(8).put((byte) 2).put((byte) 2).put((byte) 2).put((byte) 1).putInt(0));
    return add(0x08, body(18).put((byte) 3).put((byte) 1).putLong(address).putLong(bytes));
  }

  /** An attribute: a list of 32-bit integers. */
  Hdf5Messages attribute(String name, int[] values) {
    byte[] text = (name + "\0").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer space = dataspace(values.length);
    ByteBuffer body = body(8 + padded(text.length) + 16 + space.position() + 4 * values.length);
    body.put((byte) 1).put((byte) 0);
    body.putShort((short) text.length).putShort((short) 12).putShort((short) space.position());
    body.put(text).position(8 + padded(text.length));
    body.put((byte) 0x10).put((byte) 8).put((byte) 0).put((byte) 0).putInt(4);
    body.putShort((short) 0).putShort((short) 32).position(8 + padded(text.length) + 16);
    body.put(space.flip());
    for (int value : values) {
      body.putInt(value);
    }
    return add(0x0C, body);
  }

  private static ByteBuffer dataspace(long... dimensions) {
    ByteBuffer space = body(8 + 8 * dimensions.length);
    space.put((byte) 1).put((byte) dimensions.length).position(8);
    for (long dimension : dimensions) {
      space.putLong(dimension);
    }
    return space;
  }

  private Hdf5Messages add(int type, ByteBuffer body) {
    ByteBuffer message = body(MESSAGE_PREFIX + padded(body.capacity()));
    message.putShort((short) type).putShort((short) padded(body.capacity()));
    message.position(MESSAGE_PREFIX);
    message.put(body.clear());
    messages.add(message.clear());
    return this;
  }

  private static ByteBuffer body(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The next multiple of eight. */
  static int padded(int bytes) {
    return (bytes + 7) & ~7;
  }
}
