package io.salient.probe.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.probe.topology.CheckpointProgress.End;
import io.salient.probe.topology.CheckpointProgress.Ends;
import io.salient.probe.topology.CheckpointProgress.Stage;
import io.salient.streams.state.StateFormatException;
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
    return new CheckpointProgress(
        Stage.COMPLETE, 3, 5, 9, 9, new Ends(End.DONE, End.LEFT_OUT), rows);
  }

  /** These bytes lie in the state of running deployments. */
  @Test
  void shouldHaveTheBytesThatAreDrawn() {
    assertThat(HexFormat.of().formatHex(SERDE.serializer().serialize("", some())))
        .isEqualTo(
            "02"
                + "43"
                + "00000003"
                + "0000000000000005"
                + "0000000000000009"
                + "0000000000000009"
                + "44442d"
                + "0102");
  }

  /** When null similarities were measured apart, their end stood between the other two. */
  @Test
  void shouldReadWhatKnewAnEndOfNullSimilarities() {
    String header = "00000003" + "0000000000000005" + "0000000000000009" + "0000000000000009";

    assertThat(read("02" + "43" + header + "444f2d" + "0102")).isEqualTo(some());
  }

  @Test
  void shouldComeBack() {
    for (Stage stage : Stage.values()) {
      for (End end : End.values()) {
        CheckpointProgress progress = some().ended(stage).with(new Ends(end, end));

        assertThat(SERDE.deserializer().deserialize("", SERDE.serializer().serialize("", progress)))
            .isEqualTo(progress);
      }
    }
  }

  /** Before there were tiers, a final checkpoint had all of them in one job. */
  @Test
  void shouldReadWhatTheVersionWithoutTiersWrote() {
    String header = "00000003" + "0000000000000005" + "0000000000000009" + "0000000000000009";

    CheckpointProgress complete = read("01" + "43" + header + "0102");
    CheckpointProgress done = read("01" + "46" + header + "0102");

    assertThat(complete).isEqualTo(some().with(Ends.OPEN));
    assertThat(done).isEqualTo(some().ended(Stage.FINAL).with(new Ends(End.DONE, End.DONE)));
  }

  private static CheckpointProgress read(String hex) {
    return SERDE.deserializer().deserialize("", HexFormat.of().parseHex(hex));
  }

  /** F25: never misread what a later version wrote. */
  @Test
  void shouldRefuseAnotherVersion() {
    byte[] bytes = SERDE.serializer().serialize("", some());
    bytes[0] = 3;

    assertThatThrownBy(() -> SERDE.deserializer().deserialize("", bytes))
        .isInstanceOf(StateFormatException.class)
        .hasMessageContaining("state format progress.3 of salient-probe-progress, needs");
  }
}
