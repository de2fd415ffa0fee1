package io.salient.ranking.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.streams.state.StateFormatException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectedRecordTest {
  /** These bytes lie in the state of running deployments. */
  @Test
  void shouldHaveTheBytesThatAreDrawn() {
    byte[] bytes = new CollectedRecord(5, 9, new byte[] {7}).bytes();

    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo("0000000000000005" + "0000000000000009" + "07");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, (1L << 56) - 1})
  void shouldComeBack(long offset) {
    byte[] bytes = new CollectedRecord(offset, 9, new byte[] {7}).bytes();

    assertThat(CollectedRecord.read(bytes).offset()).isEqualTo(offset);
    assertThat(CollectedRecord.read(bytes).value()).containsExactly(7);
    assertThat(CollectedRecord.streamTime(bytes)).isEqualTo(9);
  }

  @Test // F25
  void shouldRefuseANewerFormat() {
    byte[] bytes = new CollectedRecord(5, 9, new byte[] {7}).bytes();
    bytes[0] = 2;

    assertThatThrownBy(() -> CollectedRecord.read(bytes))
        .isInstanceOf(StateFormatException.class)
        .hasMessageContaining("state format collected.2 of salient-ranking-collected, needs");
    assertThatThrownBy(() -> CollectedRecord.streamTime(bytes))
        .isInstanceOf(StateFormatException.class);
  }
}
