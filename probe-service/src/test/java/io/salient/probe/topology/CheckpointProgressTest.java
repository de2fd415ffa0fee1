package io.salient.probe.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.probe.topology.CheckpointProgress.Stage;
import io.salient.schemas.StateFormatException;
import java.util.BitSet;
import java.util.HexFormat;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class CheckpointProgressTest {
  private static final Serde<CheckpointProgress> SERDE = CheckpointProgress.serde();

  private static CheckpointProgress some() {
    BitSet rows = new BitSet();
    rows.set(0);
    rows.set(9);
    return new CheckpointProgress(Stage.COMPLETE, 3, 5, 9, 9, rows);
  }

  /** These bytes lie in the state of running deployments. */
  @Test
  void shouldHaveTheBytesThatAreDrawn() {
    assertThat(HexFormat.of().formatHex(SERDE.serializer().serialize("", some())))
        .isEqualTo(
            "01"
                + "43"
                + "00000003"
                + "0000000000000005"
                + "0000000000000009"
                + "0000000000000009"
                + "0102");
  }

  @Test
  void shouldComeBack() {
    for (Stage stage : Stage.values()) {
      CheckpointProgress progress = some().ended(stage);

      assertThat(SERDE.deserializer().deserialize("", SERDE.serializer().serialize("", progress)))
          .isEqualTo(progress);
    }
  }

  /** F25: never misread what a later version wrote. */
  @Test
  void shouldRefuseAnotherVersion() {
    byte[] bytes = SERDE.serializer().serialize("", some());
    bytes[0] = 2;

    assertThatThrownBy(() -> SERDE.deserializer().deserialize("", bytes))
        .isInstanceOf(StateFormatException.class)
        .hasMessageContaining("state format progress.2 of salient-probe-progress, needs");
  }
}
