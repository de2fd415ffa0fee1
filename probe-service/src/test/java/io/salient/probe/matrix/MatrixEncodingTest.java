package io.salient.probe.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixEncodingTest {
  private static float[] written(MatrixEncoding encoding, float... values) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment row = arena.allocate(8 + encoding.bytes(values.length));
      encoding.write(
          MemorySegment.ofArray(values),
          values.length,
          row.asSlice(8, encoding.bytes(values.length)));
      float[] read = new float[values.length];
      encoding.read(row, 8, values.length, MemorySegment.ofArray(read));
      return read;
    }
  }

  @Test
  void shouldGiveFloat32BackBitByBit() {
    float[] values = {0, -0.0f, Float.MIN_VALUE, Float.MAX_VALUE, -1 / 3f};

    assertThat(written(MatrixEncoding.FLOAT32, values)).isEqualTo(values);
  }

  /** What float16 blocks bring is kept as it came. */
  @Test
  void shouldGiveWhatFitsIntoFloat16BackBitByBit() {
    float[] values = {0, -0.0f, 1, -2.5f, 1 + 0x1p-10f, 0x1p-14f, 7.875f};

    assertThat(written(MatrixEncoding.FLOAT16, values)).isEqualTo(values);
  }

  @ParameterizedTest
  @ValueSource(floats = {1e-38f, 1e-30f, 1e-5f, 1, 65_504, 1e6f, 3e38f})
  void shouldStayWithinTheErrorThatIsPromisedWhateverTheRange(float largest) {
    // given
    Random random = new Random(7);
    float[] values = new float[2_000];
    for (int i = 0; i < values.length; i++) {
      double size = Math.pow(10, -random.nextInt(12)) * random.nextDouble();
      values[i] = (float) ((random.nextBoolean() ? 1 : -1) * size * largest);
    }
    values[1_000] = largest;

    // when
    float[] read = written(MatrixEncoding.FLOAT16, values);

    // then
    for (int i = 0; i < values.length; i++) {
      double bound = Math.max(Math.abs((double) values[i]) * 0x1p-11, largest * 0x1p-39);
      assertThat(Math.abs((double) read[i] - values[i]))
          .as("%s of %s", values[i], largest)
          .isLessThanOrEqualTo(Math.max(bound, 0x1p-137));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldReadSomeNeuronsAsTheWholeRow(MatrixEncoding encoding) {
    float[] values = {1.1f, -2.2f, 3e9f, 4e-9f};
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment row = arena.allocate(encoding.bytes(4));
      encoding.write(MemorySegment.ofArray(values), 4, row);
      float[] some = new float[3];
      encoding.read(row, 0, new int[] {3, 0, 2}, MemorySegment.ofArray(some));
      float[] all = written(encoding, values);
      assertThat(some).containsExactly(all[3], all[0], all[2]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldKeepARowOfZeros(MatrixEncoding encoding) {
    assertThat(written(encoding, new float[5])).isEqualTo(new float[5]);
  }

  @Test
  void shouldTakeHalfTheRoom() {
    assertThat(MatrixEncoding.FLOAT32.bytes(9_984)).isEqualTo(39_936);
    assertThat(MatrixEncoding.FLOAT16.bytes(9_984)).isEqualTo(19_972);
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeNamedInSettings(MatrixEncoding encoding) {
    assertThat(MatrixEncoding.of(encoding.text())).isEqualTo(encoding);
  }

  @Test
  void shouldNameTheFormatsThereAre() {
    assertThatThrownBy(() -> MatrixEncoding.of("bfloat16"))
        .hasMessage("bfloat16 is none of float32, float16");
  }
}
