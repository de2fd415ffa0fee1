package io.salient.schemas;

import io.salient.schemas.avro.Encoding;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Byte layout of the activations in a block: row-major, rows x D values, D = layers x H,
 * little-endian.
 *
 * <pre>
 * value (r, g), g = layer x H + unit, stands at offset (r x D + g) x size
 *
 * FLOAT32   size 4   IEEE 754 binary32
 * FLOAT16   size 2   IEEE 754 binary16, rounded to nearest even; finite values beyond 65,504 are refused
 * BFLOAT16  size 2   the upper half of binary32, rounded to nearest even
 * </pre>
 *
 * Decoded values are always float32 in native order.
 */
public final class ActivationCodec {
  private static final ValueLayout.OfFloat FLOAT_LE =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT_LE =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private ActivationCodec() {}

  /** Bytes of one value. */
  public static int size(Encoding encoding) {
    return encoding == Encoding.FLOAT32 ? 4 : 2;
  }

  /**
   * Encodes float32 values.
   *
   * @param values float32 in native order; its length decides how many
   * @return a buffer with position 0 and limit {@code count x size(encoding)}
   * @throws IllegalArgumentException when a finite value is beyond float16's range, naming the
   *     setting to change
   */
  public static ByteBuffer encode(MemorySegment values, Encoding encoding) {
    int count = Math.toIntExact(values.byteSize() / 4);
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(count, size(encoding)));
    MemorySegment target = MemorySegment.ofArray(bytes.array());
    switch (encoding) {
      case FLOAT32 -> MemorySegment.copy(values, FLOAT, 0, target, FLOAT_LE, 0, count);
      case FLOAT16 -> {
        for (int i = 0; i < count; i++) {
          target.set(SHORT_LE, 2L * i, toFloat16(values.get(FLOAT, 4L * i)));
        }
      }
      case BFLOAT16 -> {
        for (int i = 0; i < count; i++) {
          target.set(SHORT_LE, 2L * i, toBfloat16(values.get(FLOAT, 4L * i)));
        }
      }
    }
    return bytes;
  }

  /**
   * Decodes to float32 in native order.
   *
   * @param bytes what {@link #encode} made; its position does not move
   * @param target at least 4 bytes for each value
   * @return the number of values
   */
  public static int decode(ByteBuffer bytes, Encoding encoding, MemorySegment target) {
    int count = bytes.remaining() / size(encoding);
    MemorySegment source = MemorySegment.ofBuffer(bytes);
    switch (encoding) {
      case FLOAT32 -> MemorySegment.copy(source, FLOAT_LE, 0, target, FLOAT, 0, count);
      case FLOAT16 -> {
        for (int i = 0; i < count; i++) {
          target.set(FLOAT, 4L * i, Float.float16ToFloat(source.get(SHORT_LE, 2L * i)));
        }
      }
      case BFLOAT16 -> {
        for (int i = 0; i < count; i++) {
          target.set(FLOAT, 4L * i, Float.intBitsToFloat(source.get(SHORT_LE, 2L * i) << 16));
        }
      }
    }
    return count;
  }

  private static short toFloat16(float value) {
    short half = Float.floatToFloat16(value);
    if ((half & 0x7C00) == 0x7C00 && Float.isFinite(value)) {
      throw new IllegalArgumentException(
          "activation "
              + value
              + " is beyond float16: set salient.extractor.encoding to float32 or bfloat16");
    }
    return half;
  }

  private static short toBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40); // stays a NaN whatever is cut off
    }
    return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
  }
}
