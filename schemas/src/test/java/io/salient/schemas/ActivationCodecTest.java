package io.salient.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.schemas.avro.Encoding;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** I20: what a value becomes on its way through a block. */
class ActivationCodecTest {
  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1.5f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    1e38f,
    -1e38f,
    Float.MAX_VALUE,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    0.1f,
    65_504f
  };

  private static float[] roundTrip(float[] values, Encoding encoding) {
    ByteBuffer bytes = ActivationCodec.encode(MemorySegment.ofArray(values), encoding);
    assertThat(bytes.position()).isZero();
    assertThat(bytes.remaining()).isEqualTo(values.length * ActivationCodec.size(encoding));
    float[] decoded = new float[values.length];
    int count = ActivationCodec.decode(bytes, encoding, MemorySegment.ofArray(decoded));
    assertThat(count).isEqualTo(values.length);
    assertThat(bytes.position()).isZero();
    return decoded;
  }

  private static void assertSameBits(float actual, float expected) {
    assertThat(Float.floatToIntBits(actual)).isEqualTo(Float.floatToIntBits(expected));
  }

  @Test
  void shouldKeepFloat32BitByBit() {
    float[] decoded = roundTrip(SPECIAL, Encoding.FLOAT32);
    for (int i = 0; i < SPECIAL.length; i++) {
      assertSameBits(decoded[i], SPECIAL[i]);
    }
  }

  @Test
  void shouldKeepEveryFloat16_I20() {
    // given: all of them, NaN, infinities, denormals and -0.0 among them
    float[] values = new float[65_536];
    for (int bits = 0; bits < values.length; bits++) {
      values[bits] = Float.float16ToFloat((short) bits);
    }

    // when
    float[] decoded = roundTrip(values, Encoding.FLOAT16);

    // then
    for (int i = 0; i < values.length; i++) {
      assertSameBits(decoded[i], values[i]);
    }
  }

  @Test
  void shouldKeepEveryBfloat16_I20() {
    float[] values = new float[65_536];
    for (int bits = 0; bits < values.length; bits++) {
      values[bits] = Float.intBitsToFloat(bits << 16);
    }
    float[] decoded = roundTrip(values, Encoding.BFLOAT16);
    for (int i = 0; i < values.length; i++) {
      assertSameBits(decoded[i], values[i]);
    }
  }

  @Test
  void shouldRoundFloat16ToNearestEven() {
    Random random = new Random(1);
    float[] values = new float[10_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(12) - 8));
    }
    float[] decoded = roundTrip(values, Encoding.FLOAT16);
    for (int i = 0; i < values.length; i++) {
      assertSameBits(decoded[i], Float.float16ToFloat(Float.floatToFloat16(values[i])));
    }
  }

  @Test
  void shouldRoundBfloat16ToNearestEven() {
    // 1 + 2^-8 lies between two: to the even one below; 1 + 3 x 2^-8 to the even one above
    float[] values = {1 + 0x1p-8f, 1 + 3 * 0x1p-8f, 1 + 0x1.01p-8f, -1 - 0x1p-8f, 1e38f};
    float[] decoded = roundTrip(values, Encoding.BFLOAT16);
    assertThat(decoded[0]).isEqualTo(1f);
    assertThat(decoded[1]).isEqualTo(1 + 0x1p-6f);
    assertThat(decoded[2]).isEqualTo(1 + 0x1p-7f);
    assertThat(decoded[3]).isEqualTo(-1f);
    assertThat(Math.abs(decoded[4] - 1e38f)).isLessThan(1e38f / 256);
  }

  @Test
  void shouldKeepNanANanWhateverIsCutOff_I20() {
    float[] nans = {
      Float.NaN,
      Float.intBitsToFloat(0x7F800001),
      Float.intBitsToFloat(0xFF80FFFF),
      Float.intBitsToFloat(0x7FFFFFFF)
    };
    for (Encoding encoding : Encoding.values()) {
      for (float value : roundTrip(nans, encoding)) {
        assertThat(value).isNaN();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {65_520f, -65_520f, 1e38f, Float.MAX_VALUE})
  void shouldRefuseWhatFloat16CannotHold_I20(float value) {
    // given: behind many values that it can hold
    float[] values = new float[5_000];
    values[4_321] = value;

    // when, then
    assertThatThrownBy(
            () -> ActivationCodec.encode(MemorySegment.ofArray(values), Encoding.FLOAT16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("activation " + value)
        .hasMessageContaining("set salient.extractor.encoding to float32 or bfloat16");
  }

  @Test
  void shouldTakeTheLargestThatRoundsIntoFloat16() {
    assertThat(roundTrip(new float[] {65_519f, -65_519f}, Encoding.FLOAT16))
        .containsExactly(65_504f, -65_504f);
  }

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void shouldRoundBfloat16BeyondTheLargestToInfinityAndNothingElse(Encoding encoding) {
    float[] values = {Float.MAX_VALUE};
    if (encoding == Encoding.BFLOAT16) {
      assertThat(roundTrip(values, encoding)[0]).isInfinite();
    } else if (encoding == Encoding.FLOAT32) {
      assertThat(roundTrip(values, encoding)[0]).isEqualTo(Float.MAX_VALUE);
    }
  }

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void shouldWriteLittleEndianFromNativeMemoryAtAnyPlace(Encoding encoding) {
    try (Arena arena = Arena.ofConfined()) {
      // given: native, unaligned, longer than any block of the implementation, of odd length
      int count = 10_007;
      MemorySegment values = arena.allocate(4L * count + 1).asSlice(1);
      for (int i = 0; i < count; i++) {
        values.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * i, (i % 256) - 128);
      }

      // when
      ByteBuffer bytes = ActivationCodec.encode(values, encoding);
      MemorySegment decoded = arena.allocate(4L * count + 1).asSlice(1);
      ByteBuffer moved = ByteBuffer.allocateDirect(bytes.remaining() + 3).position(3);
      moved.put(bytes.duplicate()).position(3);
      int read = ActivationCodec.decode(moved, encoding, decoded);

      // then
      assertThat(read).isEqualTo(count);
      assertThat(decoded.mismatch(values)).isEqualTo(-1);
      int last = bytes.get(bytes.limit() - 1) & 0xFF; // sign and exponent of 22
      assertThat(last).isEqualTo(encoding == Encoding.FLOAT16 ? 0xD6 : 0xC2);
    }
  }

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void shouldTakeNothing(Encoding encoding) {
    assertThat(roundTrip(new float[0], encoding)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void shouldRefuseATargetThatIsTooSmall(Encoding encoding) {
    ByteBuffer bytes = ActivationCodec.encode(MemorySegment.ofArray(new float[3]), encoding);
    MemorySegment target = MemorySegment.ofArray(new float[2]);
    assertThatThrownBy(() -> ActivationCodec.decode(bytes, encoding, target))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
