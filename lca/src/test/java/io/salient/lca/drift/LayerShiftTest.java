package io.salient.lca.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.LayerMap;
import io.salient.lca.NeuronId;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LayerShiftTest {
  @Test
  void shouldCountNeuronsByLayer() {
    // given: 3 layers of 4 units
    int[] neurons = {0, 3, 4, 11, 8, 9};

    // when
    int[] histogram = LayerShift.histogram(neurons, 3, 4);

    // then
    assertThat(histogram).containsExactly(2, 1, 3);
    assertThat(LayerShift.meanLayer(histogram)).isEqualTo(7 / 6.0);
    assertThat(LayerShift.meanLayer(new int[3])).isZero();
  }

  @Test
  void shouldMeasureHowFarNeuronsMoved() {
    assertThat(LayerShift.wasserstein(new int[] {4, 0, 0}, new int[] {0, 0, 2})).isEqualTo(2);
    assertThat(LayerShift.wasserstein(new int[] {1, 2, 1}, new int[] {2, 4, 2})).isZero();
    assertThat(LayerShift.wasserstein(new int[] {2, 0, 2}, new int[] {0, 4, 0})).isEqualTo(1);
  }

  @Test
  void shouldCountLayersThatAreNotLookedAtInMeansAndDistances() {
    // given: layers 0, 6 and 12 of a model with 2 units each
    LayerMap map = new LayerMap(List.of(0, 6, 12), 2);
    int[] from = LayerShift.histogram(new int[] {0, 1, 2}, map);
    int[] to = LayerShift.histogram(new int[] {2, 4, 5}, map);

    // then
    assertThat(from).containsExactly(2, 1, 0);
    assertThat(LayerShift.meanLayer(from, map)).isEqualTo(2);
    assertThat(LayerShift.meanLayer(to, map)).isEqualTo(10);
    assertThat(LayerShift.wasserstein(from, to, map)).isEqualTo(8, within(1e-12));
    assertThat(new NeuronId(12, 1).index(map)).isEqualTo(5);
    assertThat(map.layerOf(5)).isEqualTo(12);
    assertThatThrownBy(() -> new NeuronId(1, 0).index(map))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LayerMap(List.of(6, 0), 2)).hasMessageContaining("[6, 0]");
  }

  @Test
  void shouldAgreeWithPairingSortedNeurons() {
    Random random = new Random(21);
    for (int round = 0; round < 100; round++) {
      // given: equally many neurons on both sides
      int[] from = random.ints(50, 0, 13).sorted().toArray();
      int[] to = random.ints(50, 0, 13).sorted().toArray();

      // when
      double distance =
          LayerShift.wasserstein(
              LayerShift.histogram(from, 13, 1), LayerShift.histogram(to, 13, 1));

      // then
      double expected = 0;
      for (int i = 0; i < 50; i++) {
        expected += Math.abs(from[i] - to[i]) / 50.0;
      }
      assertThat(distance).isEqualTo(expected, within(1e-12));
      assertThat(distance)
          .isGreaterThanOrEqualTo(
              Math.abs(Arrays.stream(from).sum() - Arrays.stream(to).sum()) / 50.0 - 1e-12);
    }
  }

  @Test
  void shouldRefuseWhatHasNoDistance() {
    assertThatThrownBy(() -> LayerShift.wasserstein(new int[] {1}, new int[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LayerShift.wasserstein(new int[] {0, 0}, new int[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
