package io.salient.extractor.checkpoint;

import io.salient.torch.TensorDtype;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Little-endian floats of any width to float32, with a look whether all are finite.
 *
 * <p>Values go through arrays small enough for the nearest cache: loops over arrays become vector
 * instructions, loops over mapped memory do not.
 */
final class FloatCopy {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt NATIVE = ValueLayout.JAVA_INT_UNALIGNED;
  private static final int INFINITE_EXPONENT = 0x7F80_0000;
  private static final int CHUNK = 1 << 12;

  private FloatCopy() {}

  /**
   * Copies elements {@code start} to {@code start + count} of both.
   *
   * @return whether all of them are finite as float32
   */
  static boolean copy(
      TensorDtype type, MemorySegment source, MemorySegment target, long start, long count) {
    int[] bits = new int[CHUNK];
    int bad = 0;
    for (long at = start; at < start + count; at += CHUNK) {
      int length = (int) Math.min(CHUNK, start + count - at);
      switch (type) {
        case F32 -> MemorySegment.copy(source, INT, 4 * at, bits, 0, length);
        case F16 -> half(source, at, bits, length);
        case BF16 -> bfloat(source, at, bits, length);
        case F64 -> doubles(source, at, bits, length);
        default -> throw new IllegalArgumentException(type + " is not a float");
      }
      bad |= nonFinite(bits, length);
      MemorySegment.copy(bits, 0, target, NATIVE, 4 * at, length);
    }
    return bad == 0;
  }

  private static void half(MemorySegment source, long at, int[] bits, int length) {
    short[] values = shorts(source, at, length);
    for (int i = 0; i < length; i++) {
      bits[i] = Float.floatToRawIntBits(Float.float16ToFloat(values[i]));
    }
  }

  private static void bfloat(MemorySegment source, long at, int[] bits, int length) {
    short[] values = shorts(source, at, length);
    for (int i = 0; i < length; i++) {
      bits[i] = values[i] << 16;
    }
  }

  private static short[] shorts(MemorySegment source, long at, int length) {
    short[] values = new short[length];
    MemorySegment.copy(source, SHORT, 2 * at, values, 0, length);
    return values;
  }

  private static void doubles(MemorySegment source, long at, int[] bits, int length) {
    double[] values = new double[length];
    MemorySegment.copy(source, DOUBLE, 8 * at, values, 0, length);
    for (int i = 0; i < length; i++) {
      bits[i] = Float.floatToRawIntBits((float) values[i]);
    }
  }

  /** Not 0 when an exponent is all ones; without a branch, so that the loop stays a vector's. */
  private static int nonFinite(int[] bits, int length) {
    int bad = 0;
    for (int i = 0; i < length; i++) {
      bad |= (bits[i] & INFINITE_EXPONENT) + 0x0080_0000;
    }
    return bad & 0x8000_0000;
  }
}
