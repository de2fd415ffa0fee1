package io.salient.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class LevelCodecTest {
  @Test
  void shouldKeepTheOrderOfLevels() {
    // given: 1/3 has no end in binary, the last is too large
    float[] levels = {0, 1 / 3f, 1023 / 1024f, 1, 1e9f};

    // when
    ByteBuffer bytes = LevelCodec.encode(levels);

    // then
    assertThat(bytes.remaining()).isEqualTo(10);
    assertThat(new byte[] {bytes.get(6), bytes.get(7)}).containsExactly(0, 0x3C);
    assertThat(LevelCodec.decode(bytes)).containsExactly(0, 1365 / 4096f, 1023 / 1024f, 1, 65_504);
    assertThat(bytes.position()).isZero();
  }

  @Test
  void shouldRefuseHalfALevel() {
    assertThatThrownBy(() -> LevelCodec.decode(ByteBuffer.allocate(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 bytes of levels, 2 bytes each");
  }
}
