package io.salient.lca.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.drift.SeedAgreement.Estimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeedAgreementTest {
  private static final TruncatedOverlap OVERLAP = TruncatedOverlap.ofFirst(20);

  @Test
  void shouldBeOneWhereNoRunDrifted() {
    HalfLists lists = ReferenceLists.sides(0, 2, 2, 0).before();

    SeedAgreement agreement = SeedAgreement.of(lists, List.of(lists, lists, lists), OVERLAP);

    assertThat(agreement.train().rho()).isCloseTo(1, within(1e-12));
    assertThat(agreement.seed().rho()).isCloseTo(1, within(1e-12));
    assertThat(agreement.train().lower().orElseThrow()).isGreaterThan(.9);
  }

  @Test
  void shouldTellWhatTrainingDoesFromWhatTheSeedDoes() {
    // given: all runs move the same neurons, or each run its own
    IntUnaryOperator none = d -> d;
    List<HalfLists> common = runs(3, run -> shifted(40, 0));
    List<HalfLists> own = runs(3, run -> shifted(40, 1 + run));
    HalfLists baseline = halves(none, 99);

    // when
    SeedAgreement training = SeedAgreement.of(baseline, common, OVERLAP);
    SeedAgreement seeds = SeedAgreement.of(baseline, own, OVERLAP);

    // then
    assertThat(training.train().rho()).isLessThan(.8);
    assertThat(training.seed().rho()).isGreaterThan(.85);
    assertThat(seeds.seed().rho()).isLessThan(.7);
    assertThat(seeds.train().rho()).isGreaterThan(training.train().rho());
  }

  @Test
  void shouldFollowItsFormulas() {
    // given
    HalfLists baseline = halves(d -> d, 5);
    List<HalfLists> runs = runs(4, run -> shifted(30, 1 + run));

    // when
    SeedAgreement agreement = SeedAgreement.of(baseline, runs, OVERLAP);

    // then
    double r0 = mean(SplitSimilarities.within(baseline, OVERLAP));
    double ri = 0;
    double c0 = 0;
    double cc = 0;
    for (int i = 0; i < 4; i++) {
      ri += mean(SplitSimilarities.within(runs.get(i), OVERLAP)) / 4;
      c0 += mean(SplitSimilarities.across(baseline, runs.get(i), OVERLAP)) / 4;
      for (int j = i + 1; j < 4; j++) {
        cc += mean(SplitSimilarities.across(runs.get(i), runs.get(j), OVERLAP)) / 6;
      }
    }
    Estimate train = agreement.train();
    Estimate seed = agreement.seed();
    assertThat(train.rho()).isCloseTo(c0 / Math.sqrt(r0 * cc), within(1e-12));
    assertThat(seed.rho()).isCloseTo(cc / ri, within(1e-12));
    assertThat(train.rho() * Math.sqrt(seed.rho()))
        .isCloseTo(c0 / Math.sqrt(r0 * ri), within(1e-12));
    assertThat(train.lower().orElseThrow() * train.upper().orElseThrow())
        .isCloseTo(train.rho() * train.rho(), within(1e-12));
  }

  @Test
  void shouldGiveNoLimitsOfTwoRuns() {
    SeedAgreement agreement =
        SeedAgreement.of(halves(d -> d, 5), runs(2, run -> shifted(30, run)), OVERLAP);

    assertThat(agreement.seed().rho()).isPositive();
    assertThat(agreement.seed().lower()).isEmpty();
    assertThatThrownBy(() -> SeedAgreement.of(halves(d -> d, 5), runs(1, run -> d -> d), OVERLAP))
        .hasMessageContaining("at least 2");
  }

  private interface Moves {
    IntUnaryOperator of(int run);
  }

  private static List<HalfLists> runs(int runs, Moves moves) {
    return IntStream.range(0, runs).mapToObj(run -> halves(moves.of(run), run)).toList();
  }

  /** Some of 100 neurons, chosen by a seed, pass their role on. */
  private static IntUnaryOperator shifted(int share, int seed) {
    int[] order = new Random(seed).ints(0, 100).distinct().limit(share).toArray();
    int[] of = IntStream.range(0, 100).toArray();
    for (int i = 0; i < order.length; i++) {
      of[order[i]] = order[(i + 1) % order.length];
    }
    return d -> of[d];
  }

  /** Lists of the first 20 of 100 neurons by index and noise, under their new names. */
  private static HalfLists halves(IntUnaryOperator names, int seed) {
    Random random = new Random(seed);
    List<int[]> first = new ArrayList<>();
    List<int[]> second = new ArrayList<>();
    for (int split = 0; split < 5; split++) {
      first.add(list(names, random));
      second.add(list(names, random));
    }
    return new HalfLists(first, second);
  }

  private static int[] list(IntUnaryOperator names, Random random) {
    double[] places = new double[100];
    for (int d = 0; d < places.length; d++) {
      places[d] = d + 8 * random.nextGaussian();
    }
    return IntStream.range(0, 100)
        .boxed()
        .sorted(Comparator.comparingDouble(d -> places[d]))
        .limit(20)
        .mapToInt(d -> names.applyAsInt(d))
        .toArray();
  }

  private static double mean(double[] values) {
    return SplitSimilarities.mean(values);
  }
}
