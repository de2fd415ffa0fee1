package io.salient.lca.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.drift.RankingChange.Outcome;
import io.salient.lca.drift.RankingChange.Reason;
import io.salient.lca.drift.ReferenceLists.Sides;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankingChangeTest {
  private static final TruncatedOverlap OVERLAP = TruncatedOverlap.ofFirst(ReferenceLists.K);
  private static final Offset<Double> TO_5 = within(5e-6);
  private static final int[] EMPTY = {};

  /** Made with judge() of the simulation that METHOD 6 was tried by, on the same lists. */
  @ParameterizedTest
  @CsvSource({
    // moved, noise, noise, shorter, r0, rt, c, D, rho, lower, upper, outcome
    "0, 2, 2, 0, .609122, .613445, .629486, -.018202, 1.029783, .786677, 1.348016, UNDECIDED",
    "0, 2, 4, 0, .609122, .467657, .529516, .008873, .992118, .801216, 1.228506, UNDECIDED",
    "60, 2, 2, 0, .609122, .598807, .079957, .524008, .132392, .075335, .232661, MOVED",
    "20, 3, 3, 4, .516692, .482557, .383706, .115919, .768437, .513541, 1.149851, UNDECIDED"
  })
  void shouldAgreeWithTheReference(
      int moved,
      int noiseBefore,
      int noiseAfter,
      int shorter,
      double before,
      double after,
      double across,
      double distance,
      double rho,
      double lower,
      double upper,
      Outcome outcome) {
    // given
    Sides sides = ReferenceLists.sides(moved, noiseBefore, noiseAfter, shorter);

    // when
    RankingChange change = RankingChange.between(sides.before(), sides.after(), OVERLAP);

    // then
    DisattenuatedSimilarity similarity = change.similarity().orElseThrow();
    assertThat(similarity.similarities().meanBefore()).isCloseTo(before, TO_5);
    assertThat(similarity.similarities().meanAfter()).isCloseTo(after, TO_5);
    assertThat(similarity.similarities().meanAcross()).isCloseTo(across, TO_5);
    assertThat(similarity.distance()).isCloseTo(distance, TO_5);
    assertThat(similarity.rho()).isCloseTo(rho, TO_5);
    assertThat(similarity.lower().orElseThrow()).isCloseTo(lower, TO_5);
    assertThat(similarity.upper().orElseThrow()).isCloseTo(upper, TO_5);
    assertThat(change.outcome()).isEqualTo(outcome);
    assertThat(change.reason()).isEqualTo(Reason.LIMITS);
  }

  @Test
  void shouldSayStableOfTheSameLists() {
    HalfLists lists = ReferenceLists.sides(0, 2, 2, 0).before();

    RankingChange change = RankingChange.between(lists, lists, OVERLAP);

    DisattenuatedSimilarity similarity = change.similarity().orElseThrow();
    assertThat(similarity.distance()).isZero();
    assertThat(similarity.rho()).isCloseTo(1, within(1e-12));
    assertThat(similarity.lower().orElseThrow()).isCloseTo(1, within(1e-12));
    assertThat(change.outcome()).isEqualTo(Outcome.STABLE);
  }

  @Test
  void shouldFlipTheSignOfDWhereFirstHalvesAreSwapped() {
    // given
    Sides sides = ReferenceLists.sides(20, 2, 3, 0);
    HalfLists swappedBefore = new HalfLists(sides.after().first(), sides.before().second());
    HalfLists swappedAfter = new HalfLists(sides.before().first(), sides.after().second());

    // when
    double[] distances = distances(sides.before(), sides.after());
    double[] swapped = distances(swappedBefore, swappedAfter);

    // then
    for (int m = 0; m < distances.length; m++) {
      assertThat(swapped[m]).isCloseTo(-distances[m], within(1e-12));
    }
  }

  private static double[] distances(HalfLists before, HalfLists after) {
    return RankingChange.between(before, after, OVERLAP).similarity().orElseThrow().distances();
  }

  @Test
  void shouldNotBelieveASpreadBelowAHundredth() {
    // given: splits that hardly vary, c below r
    SplitSimilarities similarities =
        new SplitSimilarities(
            new double[] {.5, .5, .5}, new double[] {.5, .5, .5}, new double[] {.45, .45, .45});

    // when
    DisattenuatedSimilarity similarity = DisattenuatedSimilarity.of(similarities).orElseThrow();

    // then: t(.95; 2) = 2.919986, se = .01 sqrt(4 / 3)
    assertThat(similarity.rho()).isCloseTo(.9, within(1e-12));
    assertThat(similarity.upper().orElseThrow())
        .isCloseTo(.9 * Math.exp(2.919986 * .01 * Math.sqrt(4 / 3.0)), TO_5);
  }

  @Test
  void shouldSayVanishedWhereMostListsOfOneSideAreEmpty() {
    HalfLists lists = ReferenceLists.sides(0, 2, 2, 0).before();

    RankingChange vanished = RankingChange.between(lists, emptied(lists, 3), OVERLAP);
    RankingChange appeared = RankingChange.between(emptied(lists, 5), lists, OVERLAP);
    RankingChange half = RankingChange.between(emptied(lists, 1), lists, OVERLAP);

    assertThat(vanished.outcome()).isEqualTo(Outcome.MOVED);
    assertThat(vanished.reason()).isEqualTo(Reason.VANISHED);
    assertThat(appeared.outcome()).isEqualTo(Outcome.MOVED);
    assertThat(appeared.reason()).isEqualTo(Reason.APPEARED);
    assertThat(half.reason()).isEqualTo(Reason.LIMITS);
  }

  @Test
  void shouldSayNothingWhereNothingIsRanked() {
    HalfLists empty = emptied(ReferenceLists.sides(0, 2, 2, 0).before(), ReferenceLists.SPLITS);

    RankingChange change = RankingChange.between(empty, empty, OVERLAP);

    assertThat(change.outcome()).isEqualTo(Outcome.NONE);
    assertThat(change.reason()).isEqualTo(Reason.NOTHING_RANKED);
    assertThat(change.isJudged()).isFalse();
  }

  @Test
  void shouldNotDecideWhereHalvesOfOneSideDoNotAgree() {
    // given: halves after drift share no neuron
    HalfLists lists = ReferenceLists.sides(0, 2, 2, 0).before();
    List<int[]> elsewhere = lists.first().stream().map(list -> shifted(list, 1_000)).toList();
    HalfLists torn = new HalfLists(lists.first(), elsewhere);

    RankingChange change = RankingChange.between(lists, torn, OVERLAP);

    assertThat(change.outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(change.reason()).isEqualTo(Reason.NOT_REPRODUCIBLE);
  }

  @Test
  void shouldNotDecideOnOneSplit() {
    Sides sides = ReferenceLists.sides(60, 2, 2, 0);

    RankingChange change = RankingChange.between(cut(sides.before()), cut(sides.after()), OVERLAP);

    assertThat(change.outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(change.reason()).isEqualTo(Reason.ONE_SPLIT);
    assertThat(change.similarity().orElseThrow().rho()).isLessThan(.9);
    assertThat(change.similarity().orElseThrow().lower()).isEmpty();
  }

  @Test
  void shouldSayMovedWhereNothingIsShared() {
    // given: the same agreement within each side, no neuron in common
    HalfLists lists = ReferenceLists.sides(0, 2, 2, 0).before();
    HalfLists elsewhere =
        new HalfLists(
            lists.first().stream().map(list -> shifted(list, 1_000)).toList(),
            lists.second().stream().map(list -> shifted(list, 1_000)).toList());

    RankingChange change = RankingChange.between(lists, elsewhere, OVERLAP);

    assertThat(change.outcome()).isEqualTo(Outcome.MOVED);
    assertThat(change.reason()).isEqualTo(Reason.NOTHING_SHARED);
    assertThat(change.similarity().orElseThrow().rho()).isZero();
    assertThat(change.similarity().orElseThrow().upper()).hasValue(0);
  }

  @Test
  void shouldRefuseOtherSplits() {
    HalfLists lists = ReferenceLists.sides(0, 2, 2, 0).before();

    assertThatThrownBy(() -> RankingChange.between(lists, cut(lists), OVERLAP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 splits against 1");
    assertThatThrownBy(() -> new HalfLists(List.of(EMPTY), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static HalfLists cut(HalfLists lists) {
    return new HalfLists(lists.first().subList(0, 1), lists.second().subList(0, 1));
  }

  private static int[] shifted(int[] list, int by) {
    return Arrays.stream(list).map(neuron -> neuron + by).toArray();
  }

  /** Both lists of the first splits are empty. */
  static HalfLists emptied(HalfLists lists, int splits) {
    List<int[]> empty = Collections.nCopies(splits, EMPTY);
    List<int[]> first = new ArrayList<>(empty);
    List<int[]> second = new ArrayList<>(empty);
    IntStream.range(splits, lists.splits())
        .forEach(
            m -> {
              first.add(lists.first().get(m));
              second.add(lists.second().get(m));
            });
    return new HalfLists(first, second);
  }
}
