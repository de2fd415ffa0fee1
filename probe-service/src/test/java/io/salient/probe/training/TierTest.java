package io.salient.probe.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TierTest {
  @Test
  void shouldReadNamesInWhateverOrder() {
    assertThat(Tier.named(List.of("noise", "final"))).containsExactly(Tier.FINAL, Tier.NOISE);
  }

  @Test
  void shouldSayWhichTiersThereAre() {
    assertThatThrownBy(() -> Tier.named(List.of("final", "late")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "there is no tier \"late\": some of early, provisional, final, noise, evaluation");
  }

  /** Part of the final tier, and not to be left out. */
  @Test
  void shouldNotKnowTransferByName() {
    assertThatThrownBy(() -> Tier.named(List.of("final", "transfer")))
        .hasMessageContaining("there is no tier \"transfer\"");
  }

  @Test
  void shouldNotLeaveTheFinalTierOut() {
    assertThatThrownBy(() -> Tier.named(List.of("early", "noise")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("final is missing");
  }
}
