package io.salient.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Byte layout of the entry levels of a probe's neurons: half as large as weights, as the order is
 * all that is wanted of them.
 *
 * <pre>
 * offset 2g  2 bytes  float16, little-endian: level of neuron g = layer x H + unit
 * </pre>
 *
 * <p>Levels near 1 are off by at most 2^-12; those above 65,504 become that.
 */
public final class LevelCodec {
  private static final float LARGEST = 65_504;

  private LevelCodec() {}

  /** Encodes D levels, none negative, to 2 D bytes. */
  public static ByteBuffer encode(float[] levels) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * levels.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float level : levels) {
      bytes.putShort(Float.floatToFloat16(Math.min(level, LARGEST)));
    }
    return bytes.flip();
  }

  /**
   * Decodes what {@link #encode} made; the buffer's position does not move.
   *
   * @throws IllegalArgumentException when the length is odd
   */
  public static float[] decode(ByteBuffer bytes) {
    if (bytes.remaining() % Short.BYTES != 0) {
      throw new IllegalArgumentException(bytes.remaining() + " bytes of levels, 2 bytes each");
    }
    ByteBuffer levels = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    float[] decoded = new float[levels.remaining() / Short.BYTES];
    for (int i = 0; i < decoded.length; i++) {
      decoded[i] = Float.float16ToFloat(levels.getShort());
    }
    return decoded;
  }
}
