package io.salient.lca.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.LayerMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LayerDisplacementTest {
  private static final LayerMap MAP = new LayerMap(7, 10);

  @Test
  void shouldMeasureHowFarNeuronsMoved() {
    // given: from layer 1 to layers 1 and 3, half of them each
    HalfLists before = lists(MAP, 1, 1, 1, 1);
    HalfLists after = lists(MAP, 1, 1, 3, 3);

    // when
    LayerDisplacement moved = LayerDisplacement.between(before, MAP, after, MAP).orElseThrow();

    // then
    assertThat(moved.mean()).isCloseTo(1, within(1e-12));
    assertThat(moved.lower().orElseThrow()).isCloseTo(1, within(1e-12));
    assertThat(moved.threshold()).isCloseTo(.12, within(1e-12));
    assertThat(moved.isRelocated()).isTrue();
  }

  @Test
  void shouldBeZeroForTheSameLists() {
    HalfLists lists = lists(MAP, 0, 1, 5, 6);

    LayerDisplacement moved = LayerDisplacement.between(lists, MAP, lists, MAP).orElseThrow();

    assertThat(moved.bySplit()).containsOnly(0);
    assertThat(moved.isRelocated()).isFalse();
  }

  @Test
  void shouldTakeDirectionFromOneHalfAndSizeFromTheOther() {
    // given: F differs by +.5 over layers 0 and 1 in the first halves, by -.25 over layer 0 in the
    // second: 1/2 ((-.25) + (-.5)) over layer 0; 1/2 (.5 * 0 + 0) over layer 1
    HalfLists before = new HalfLists(List.of(of(MAP, 0, 0, 3, 3)), List.of(of(MAP, 1, 1, 3, 3)));
    HalfLists after = new HalfLists(List.of(of(MAP, 2, 2, 3, 3)), List.of(of(MAP, 0, 1, 3, 3)));

    LayerDisplacement moved = LayerDisplacement.between(before, MAP, after, MAP).orElseThrow();

    assertThat(moved.mean()).isCloseTo(-.375, within(1e-12));
    assertThat(moved.lower()).isEmpty();
    assertThat(moved.isRelocated()).isFalse();
  }

  @Test
  void shouldBeZeroOnAverageWithoutDrift() {
    // given: lists drawn from the same layers
    Random random = new Random(9);
    double sum = 0;
    int relocated = 0;
    int rounds = 1_000;
    for (int round = 0; round < rounds; round++) {
      // when
      LayerDisplacement moved =
          LayerDisplacement.between(drawn(random), MAP, drawn(random), MAP).orElseThrow();

      // then
      sum += moved.mean();
      relocated += moved.isRelocated() ? 1 : 0;
    }
    assertThat(sum / rounds).isCloseTo(0, within(.01));
    assertThat(relocated / (double) rounds).isLessThan(.05);
  }

  private static HalfLists drawn(Random random) {
    List<int[]> first = new ArrayList<>();
    List<int[]> second = new ArrayList<>();
    for (int split = 0; split < 5; split++) {
      first.add(random.ints(0, 70).distinct().limit(20).toArray());
      second.add(random.ints(0, 70).distinct().limit(20).toArray());
    }
    return new HalfLists(first, second);
  }

  @Test
  void shouldCountLayersThatAreNotLookedAt() {
    LayerMap some = new LayerMap(List.of(0, 6, 12), 10);

    LayerDisplacement moved =
        LayerDisplacement.between(lists(some, 0, 6), some, lists(some, 0, 12), some).orElseThrow();

    assertThat(moved.mean()).isCloseTo(3, within(1e-12));
    assertThat(moved.threshold()).isCloseTo(.24, within(1e-12));
  }

  @Test
  void shouldCompareOtherDepthsByRelativeLayers() {
    // given: layer 3 of 0 to 6 is where layer 6 of 0 to 12 is
    LayerMap deeper = new LayerMap(13, 8);

    LayerDisplacement same =
        LayerDisplacement.between(lists(MAP, 0, 3), MAP, lists(deeper, 0, 6), deeper).orElseThrow();
    LayerDisplacement later =
        LayerDisplacement.between(lists(MAP, 0, 3), MAP, lists(deeper, 0, 9), deeper).orElseThrow();

    assertThat(same.mean()).isCloseTo(0, within(1e-12));
    assertThat(later.mean()).isCloseTo(.125, within(1e-12));
    assertThat(later.threshold()).isEqualTo(.02);
    assertThat(later.isRelocated()).isTrue();
  }

  @Test
  void shouldSayNothingWhereAListIsEmpty() {
    HalfLists lists = lists(MAP, 1, 2);
    HalfLists holed = RankingChangeTest.emptied(lists, 1);

    assertThat(LayerDisplacement.between(lists, MAP, holed, MAP)).isEmpty();
  }

  /** The same list in both halves of three splits. */
  private static HalfLists lists(LayerMap map, int... layers) {
    int[] list = of(map, layers);
    return new HalfLists(List.of(list, list, list), List.of(list, list, list));
  }

  /** One neuron of each of some layers, never the same twice. */
  private static int[] of(LayerMap map, int... layers) {
    return IntStream.range(0, layers.length)
        .map(i -> map.numbers().indexOf(layers[i]) * map.hiddenSize() + i)
        .toArray();
  }
}
