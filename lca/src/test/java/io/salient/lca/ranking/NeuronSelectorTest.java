package io.salient.lca.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeuronSelectorTest {
  private static final float[][] WEIGHTS = {{4, 0, -3, 1}, null, {0, 8, 1, 0}};
  private static final NeuronRanking RANKING =
      LcaRanker.rank(WEIGHTS, new int[] {9, 0, 9}, 1).orElseThrow();

  @Test
  void shouldChooseAsTheSelectorsOfThatNameDo() {
    assertThat(select("mass:0.5").all()).containsExactly(0, 1);
    assertThat(select("mass:0.5").perLabel())
        .containsExactly(new int[] {0}, new int[0], new int[] {1});
    assertThat(select("threshold:2").perLabel())
        .containsExactly(new int[] {0, 2}, new int[0], new int[] {1});
    assertThat(select("bottom-mass:0.1").perLabel())
        .containsExactlyElementsOf(NeuronSelection.bottomByMass(WEIGHTS, 0.1).perLabel());
  }

  @Test
  void shouldGoByTheRankingOrByChanceWhereANumberIsGiven() {
    assertThat(select("top:2").all()).containsExactly(RANKING.top(2));
    assertThat(select("bottom:1").all()).containsExactly(RANKING.neuronAt(3));
    assertThat(select("bottom:99").all()).hasSize(4);
    assertThat(select("random:2:5").all()).isEqualTo(NeuronSelection.random(4, 2, 5));
    assertThat(select("random:2").all()).isEqualTo(NeuronSelection.random(4, 2, 7));
    assertThat(select("top:2").perLabel()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mass:0.5", "threshold:2.5", "bottom-mass:0.1", "top:2", "random:2:5"})
  void shouldBeWrittenAsItWasRead(String text) {
    assertThat(NeuronSelector.of(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mass",
        "mass:",
        "mass:2",
        "mass:-1",
        "mass:NaN",
        "mass:0.5:1",
        "threshold:0",
        "top:0",
        "top:1.5",
        "bottom:-3",
        "random:x",
        "random:5:y",
        "random:1:2:3",
        "best:5"
      })
  void shouldRefuseWhatIsNoSelectorAndListThose(String text) {
    assertThatThrownBy(() -> NeuronSelector.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"")
        .hasMessageContaining("mass:SHARE");
  }

  private static NeuronSelection select(String text) {
    return NeuronSelector.of(text).select(WEIGHTS, RANKING);
  }
}
