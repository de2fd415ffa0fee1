package io.salient.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightCodecTest {
  @Test
  void shouldKeepWeightsBitByBitLittleEndian() {
    // given
    float[] weights = {1f, -0f, Float.MIN_VALUE, 1e38f, Float.NaN, Float.NEGATIVE_INFINITY};

    // when
    ByteBuffer bytes = WeightCodec.encode(weights);

    // then
    assertThat(bytes.remaining()).isEqualTo(24);
    assertThat(new byte[] {bytes.get(0), bytes.get(1), bytes.get(2), bytes.get(3)})
        .containsExactly(0, 0, 0x80, 0x3F);
    float[] decoded = WeightCodec.decode(bytes, 6);
    for (int i = 0; i < weights.length; i++) {
      assertThat(Float.floatToRawIntBits(decoded[i]))
          .isEqualTo(Float.floatToRawIntBits(weights[i]));
    }
    assertThat(bytes.position()).isZero();
  }

  @Test
  void shouldDecodeFromTheBuffersPosition() {
    ByteBuffer bytes = ByteBuffer.allocate(12).position(3);
    bytes.put(WeightCodec.encode(new float[] {2f, 3f})).position(3).limit(11);
    assertThat(WeightCodec.decode(bytes, 2)).containsExactly(2f, 3f);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 1 << 30})
  void shouldRefuseAnotherWidth_I19(int width) {
    ByteBuffer bytes = WeightCodec.encode(new float[2]);
    assertThatThrownBy(() -> WeightCodec.decode(bytes, width))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("8 bytes of weights, expected 4 x " + width);
  }
}
