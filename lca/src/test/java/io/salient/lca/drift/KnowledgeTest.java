package io.salient.lca.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.drift.Knowledge.State;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnowledgeTest {
  @Test // worked out with NumPy and SciPy on the same numbers
  void shouldAgreeWithTheReference() {
    // given: x = 48271 x mod (2^31 - 1) from 99, 40 groups
    ReferenceLists numbers = ReferenceLists.from(99);
    int[] before = IntStream.range(0, 40).map(i -> 20 + (int) (numbers.next() % 10)).toArray();
    int[] after = IntStream.of(before).map(a -> a - (int) (numbers.next() % 5)).toArray();
    int[] majority = IntStream.range(0, 40).map(i -> (int) (numbers.next() % 8)).toArray();
    int[] transferred = IntStream.of(after).map(n -> n - (int) (numbers.next() % 9)).toArray();

    // when
    Knowledge knowledge =
        Knowledge.of(GroupScores.ofWords(before, after, Optional.of(transferred), majority));

    // then
    assertInterval(knowledge.lost().orElseThrow(), .082833, .064631, .101768);
    assertInterval(knowledge.regained().orElseThrow(), .201681, .170429, .233483);
    assertThat(knowledge.state()).isEqualTo(State.UNDECIDED);
    assertThat(knowledge.isReencoded()).isTrue();
  }

  private static void assertInterval(
      FiellerInterval interval, double ratio, double lower, double upper) {
    assertThat(interval.ratio()).isCloseTo(ratio, within(1e-6));
    assertThat(interval.lower()).isCloseTo(lower, within(1e-6));
    assertThat(interval.upper()).isCloseTo(upper, within(1e-6));
  }

  @Test
  void shouldTellWhatBecameOfWhatWasKnown() {
    assertThat(state(40, 90, 90)).isEqualTo(State.KEPT);
    assertThat(state(40, 90, 70)).isEqualTo(State.WEAKENED);
    assertThat(state(40, 90, 25)).isEqualTo(State.FORGOTTEN);
    assertThat(state(40, 90, 84)).isEqualTo(State.UNDECIDED);
    assertThat(state(9, 90, 25)).isEqualTo(State.UNDECIDED);
    assertThat(state(40, 15, 15)).isEqualTo(State.NEVER_KNOWN);
  }

  @Test
  void shouldNotDivideByWhatCannotBeToldFromNothing() {
    // given: 5 words above the commonest label in one half of the groups, 4 below in the other
    int[] before = IntStream.range(0, 20).map(i -> i % 2 == 0 ? 25 : 16).toArray();
    int[] majority = IntStream.range(0, 20).map(i -> 20).toArray();

    Knowledge knowledge =
        Knowledge.of(GroupScores.ofWords(before, majority, Optional.of(majority), majority));

    assertThat(knowledge.state()).isEqualTo(State.NEVER_KNOWN);
    assertThat(knowledge.lost()).isEmpty();
    assertThat(knowledge.isReencoded()).isFalse();
  }

  /** Groups of 100 words, of which the commonest label has about 20. */
  private static State state(int groups, int before, int after) {
    Random random = new Random(3);
    int[] a = IntStream.range(0, groups).map(i -> before + random.nextInt(-3, 4)).toArray();
    int[] n = IntStream.range(0, groups).map(i -> after + random.nextInt(-3, 4)).toArray();
    int[] j = IntStream.range(0, groups).map(i -> 20 + random.nextInt(-3, 4)).toArray();
    return Knowledge.of(GroupScores.ofWords(a, n, Optional.empty(), j)).state();
  }

  @Test
  void shouldGiveNoWidthToWhatIsTheSameInEveryGroup() {
    int[] before = IntStream.range(0, 12).map(i -> 90 + i).toArray();

    Knowledge knowledge =
        Knowledge.of(GroupScores.ofWords(before, before, Optional.of(before), new int[12]));

    assertInterval(knowledge.lost().orElseThrow(), 0, 0, 0);
    assertThat(knowledge.state()).isEqualTo(State.KEPT);
    assertThat(knowledge.isReencoded()).isFalse();
  }

  @Test
  void shouldGiveTheF1OfALabelAsTheSumOverGroups() {
    // given: 3 groups of 10 words; F1 before 2 * 5 / (7 + 7), after 2 * 2 / (5 + 7)
    int[] present = {2, 0, 5};
    int[] words = {10, 10, 10};
    GroupScores.Answers before = new GroupScores.Answers(new int[] {1, 0, 4}, new int[] {2, 1, 4});
    GroupScores.Answers after = new GroupScores.Answers(new int[] {1, 0, 1}, new int[] {2, 2, 1});

    // when
    GroupScores scores = GroupScores.ofLabel(present, words, before, after, Optional.empty());

    // then
    assertThat(Arrays.stream(scores.before()).sum()).isCloseTo(10 / 14.0, within(1e-12));
    assertThat(Arrays.stream(scores.after()).sum()).isCloseTo(4 / 12.0, within(1e-12));
    assertThat(Arrays.stream(scores.majority()).sum()).isCloseTo(7 / 30.0, within(1e-12));
    assertThat(scores.before()[1])
        .isCloseTo(10 / 14.0 / 3 + (0 - 10 / 14.0 * 1) / 14, within(1e-12));
  }

  /** Cells of the simulation: documents of some words, accuracy .93, commonest label .17. */
  @ParameterizedTest
  @ValueSource(doubles = {0, .05, .1, .2, .5, .7})
  void shouldMissEachLimitAboutAsOftenAsItSays(double lost) {
    Random random = new Random(5);
    int rounds = 500;
    int below = 0;
    int above = 0;
    for (int round = 0; round < rounds; round++) {
      // given
      Knowledge knowledge = Knowledge.of(scores(60, 40, lost, random));

      // when
      FiellerInterval interval = knowledge.lost().orElseThrow();

      // then
      below += interval.upper() < lost ? 1 : 0;
      above += interval.lower() > lost ? 1 : 0;
    }
    assertThat(below / (double) rounds).isBetween(.02, .09);
    assertThat(above / (double) rounds).isBetween(.02, .09);
  }

  /**
   * Documents differ in how hard they are; a word of those that the probe knew beyond the commonest
   * label is lost with the same chance everywhere.
   */
  private static GroupScores scores(int groups, int words, double lost, Random random) {
    int[] before = new int[groups];
    int[] after = new int[groups];
    int[] majority = new int[groups];
    for (int group = 0; group < groups; group++) {
      double hard = .04 * random.nextGaussian();
      int size = words / 2 + random.nextInt(words);
      for (int word = 0; word < size; word++) {
        boolean common = random.nextDouble() < .17;
        boolean right = random.nextDouble() < .93 + hard;
        boolean still = random.nextDouble() < .93 + hard;
        boolean gone = random.nextDouble() < lost;
        before[group] += right ? 1 : 0;
        after[group] += (gone ? common : still) ? 1 : 0;
        majority[group] += common ? 1 : 0;
      }
    }
    return GroupScores.ofWords(before, after, Optional.empty(), majority);
  }
}
