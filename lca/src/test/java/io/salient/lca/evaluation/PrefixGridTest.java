package io.salient.lca.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.SentenceGroups;
import io.salient.lca.probe.Answers;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** On 100 sentences of ten words, whose label is 0. */
class PrefixGridTest {
  private static final int WORDS = 1_000;
  private static final SentenceGroups SENTENCES =
      SentenceGroups.byPosition(IntStream.range(0, 100).map(s -> 10 * s).toArray(), WORDS);

  /** Right on all words but 100. */
  private static final Answers ORACLE = wrongOn(0, 100);

  @Test
  void shouldSmoothWhatFalls() {
    // given: 16 neurons do worse than 8
    List<PrefixGrid.Tried> tried =
        List.of(tried(4, 0, 200), tried(8, 0, 120), tried(16, 0, 140), tried(32, 0, 100));

    // when
    List<MinimalSet.Size> grid = PrefixGrid.of(tried, ORACLE, .9, SENTENCES);

    // then
    assertThat(grid).extracting(MinimalSet.Size::size).containsExactly(4, 8, 16, 32);
    assertThat(grid.stream().mapToDouble(MinimalSet.Size::devAccuracy))
        .containsExactly(.8, .88, .86, .9);
    assertThat(grid.get(1).smoothed()).isCloseTo(.87, within(1e-12));
    assertThat(grid.get(2).smoothed()).isCloseTo(.87, within(1e-12));
    assertThat(grid.get(3).smoothed()).isCloseTo(.9, within(1e-12));
    assertThat(grid.get(3).lossBound()).isCloseTo(0, within(1e-12));
  }

  @Test
  void shouldAskForTheBoundNotTheLossItself() {
    // given: the same loss of one point, on one word of ten sentences and on all of one
    Answers spread = wrong(word -> word < 100 || (word < 200 && word % 10 == 0));
    Answers clustered = wrongOn(0, 110);

    // when
    double even = bound(spread);
    double uneven = bound(clustered);

    // then: L = .01, 100 groups, t(99) = 1.660391; d = 1 in ten groups, or 10 in one
    assertThat(even)
        .isCloseTo(
            .01 + 1.660391 * Math.sqrt((10 * .9 * .9 + 90 * .1 * .1) * 100 / 99) / WORDS,
            within(1e-8));
    assertThat(uneven)
        .isCloseTo(
            .01 + 1.660391 * Math.sqrt((9.9 * 9.9 + 99 * .1 * .1) * 100 / 99) / WORDS,
            within(1e-8));
    List<MinimalSet.Size> grid =
        PrefixGrid.of(
            List.of(new PrefixGrid.Tried(8, clustered, .89, OptionalDouble.empty())),
            ORACLE,
            .9,
            SENTENCES);
    assertThat(PrefixGrid.smallest(grid, .02)).isEmpty();
    assertThat(PrefixGrid.smallest(grid, .03)).contains(grid.getFirst());
  }

  @Test
  void shouldTakeTheSmallestThatIsEnough() {
    List<PrefixGrid.Tried> tried = List.of(tried(4, 0, 200), tried(8, 0, 100), tried(16, 0, 100));

    List<MinimalSet.Size> grid = PrefixGrid.of(tried, ORACLE, .9, SENTENCES);

    assertThat(PrefixGrid.smallest(grid, 0)).contains(grid.get(1));
  }

  private static double bound(Answers of) {
    return PrefixGrid.of(
            List.of(new PrefixGrid.Tried(8, of, .89, OptionalDouble.empty())),
            ORACLE,
            .9,
            SENTENCES)
        .getFirst()
        .lossBound();
  }

  private static PrefixGrid.Tried tried(int size, int from, int to) {
    double accuracy = 1 - (to - from) / (double) WORDS;
    return new PrefixGrid.Tried(size, wrongOn(from, to), accuracy, OptionalDouble.of(accuracy));
  }

  private static Answers wrongOn(int from, int to) {
    return wrong(word -> word >= from && word < to);
  }

  private static Answers wrong(java.util.function.IntPredicate wrong) {
    return new Answers(
        IntStream.range(0, WORDS).toArray(),
        new int[WORDS],
        IntStream.range(0, WORDS).map(word -> wrong.test(word) ? 1 : 0).toArray());
  }
}
