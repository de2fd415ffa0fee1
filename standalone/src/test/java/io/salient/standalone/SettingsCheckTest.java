package io.salient.standalone;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsCheckTest {
  @Test
  void shouldTakeWhatTheServicesTake() {
    assertThatCode(() -> SettingsCheck.require(Map.of("salient.probe.l1", "0")))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldRefuseAValueOutOfRange() {
    assertThatThrownBy(() -> SettingsCheck.require(Map.of("salient.probe.l1", "-1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("salient.probe.l1 must be greater than or equal to 0");
  }

  @Test
  void shouldRefuseWhatIsNoValueOfItsKind() {
    assertThatThrownBy(() -> SettingsCheck.require(Map.of("salient.probe.max-labels", "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("salient.probe.max-labels = \"x\": Expected an integer value, got \"x\"");
  }
}
