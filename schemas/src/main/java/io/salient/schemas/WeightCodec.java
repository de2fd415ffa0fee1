package io.salient.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Byte layout of a probe's weights.
 *
 * <pre>
 * offset 4g  4 bytes  float32, little-endian: weight of neuron g = layer x H + unit
 * </pre>
 */
public final class WeightCodec {
  private WeightCodec() {}

  /** Encodes D weights to 4 D bytes. */
  public static ByteBuffer encode(float[] weights) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * weights.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(weights);
    return bytes;
  }

  /**
   * Decodes what {@link #encode} made; the buffer's position does not move.
   *
   * @throws IllegalArgumentException when the length is not 4 x width
   */
  public static float[] decode(ByteBuffer bytes, int width) {
    if (bytes.remaining() != 4L * width) {
      throw new IllegalArgumentException(
          bytes.remaining() + " bytes of weights, expected 4 x " + width);
    }
    float[] weights = new float[width];
    bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(weights);
    return weights;
  }
}
