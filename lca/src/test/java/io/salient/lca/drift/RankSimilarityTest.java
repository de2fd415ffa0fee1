package io.salient.lca.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankSimilarityTest {
  @Test
  void shouldGiveJaccardOfTwoSets() {
    assertThat(RankSimilarity.jaccard(new int[] {0, 1}, new int[] {1, 3})).isEqualTo(1 / 3.0);
    assertThat(RankSimilarity.jaccard(new int[] {0, 1, 2}, new int[] {2, 0, 1})).isEqualTo(1);
    assertThat(RankSimilarity.jaccard(new int[] {0, 1, 2, 3}, new int[] {1})).isEqualTo(0.25);
    assertThat(RankSimilarity.jaccard(new int[0], new int[] {1})).isZero();
    assertThat(RankSimilarity.jaccard(new int[0], new int[0])).isEqualTo(1);
  }

  @Test
  void shouldBeNearItsChanceLevelForRandomOrders() {
    // given
    Random random = new Random(11);
    double sum = 0;
    int rounds = 400;

    // when
    for (int round = 0; round < rounds; round++) {
      sum += RankSimilarity.jaccard(first(500, random), first(500, random));
    }

    // then: the mean of a ratio differs a little from the ratio of the means
    assertThat(sum / rounds).isEqualTo(RankSimilarity.jaccardChance(100, 500), within(0.005));
  }

  @Test
  void shouldGiveRboOneForARankingAndItself() {
    Random random = new Random(12);
    for (int width : new int[] {1, 2, 10, 640, 9_984}) {
      int[] order = randomOrder(width, random);
      for (double p : new double[] {0.1, 0.9, 0.98, 0.998, 0.99999}) {
        assertThat(RankSimilarity.rboOfFirst(order, order, p)).isEqualTo(1, within(1e-11));
      }
    }
  }

  @Test
  void shouldAgreeWithRboFromItsDefinition() {
    Random random = new Random(13);
    for (int round = 0; round < 100; round++) {
      // given
      int width = random.nextInt(1, 40);
      int[] a = randomOrder(width, random);
      int[] b = randomOrder(width, random);
      double p = random.nextDouble(0.05, 0.99);

      // when
      double rbo = RankSimilarity.rboOfFirst(a, b, p);

      // then
      assertThat(rbo).isEqualTo(literalRbo(a, b, p), within(1e-12)).isBetween(0.0, 1.0);
      assertThat(rbo).isEqualTo(RankSimilarity.rboOfFirst(b, a, p), within(1e-15));
    }
  }

  @Test
  void shouldPutTheWeightOnTheFirstRanksAsThePaperSays() {
    // Webber et al., section 4.3: p = .9 puts 86 % of the weight on the first 10 ranks
    assertThat(RankSimilarity.weightOnTop(10, 0.9)).isEqualTo(0.8556, within(5e-5));
    // the weight of all depths is one
    assertThat(RankSimilarity.weightOnTop(5_000, 0.9)).isEqualTo(1, within(1e-9));
  }

  @Test
  void shouldFindThePersistenceForAnyK() {
    assertThat(RankSimilarity.persistence(10)).isEqualTo(0.9, within(0.005));
    assertThat(RankSimilarity.persistence(50)).isEqualTo(0.98, within(0.0015));
    assertThat(RankSimilarity.persistence(100)).isEqualTo(0.99, within(0.0005));
    assertThat(RankSimilarity.persistence(500)).isEqualTo(0.998, within(0.0002));
    for (int k : new int[] {1, 2, 7, 1_000, 100_000}) {
      assertThat(RankSimilarity.weightOnTop(k, RankSimilarity.persistence(k)))
          .as("k = %d", k)
          .isEqualTo(0.85, within(1e-6));
    }
  }

  @Test
  void shouldCorrelateFullScoresWithMeanRanksForTies() {
    Random random = new Random(14);
    for (int round = 0; round < 100; round++) {
      // given
      int width = random.nextInt(3, 60);
      double[] a = coarseScores(width, random);
      double[] b = coarseScores(width, random);

      // when
      double spearman = RankSimilarity.spearman(a, b).orElseThrow();

      // then
      assertThat(spearman).isEqualTo(pearson(meanRanks(a), meanRanks(b)), within(1e-9));
    }
  }

  @Test
  void shouldNotCorrelateWhatDoesNotVary() {
    assertThat(RankSimilarity.spearman(new double[] {1, 1, 1}, new double[] {1, 2, 3})).isEmpty();
    assertThat(RankSimilarity.spearman(new double[] {3, 2, 1}, new double[] {1, 2, 3}))
        .hasValue(-1);
  }

  private static int[] first(int width, Random random) {
    return Arrays.copyOf(randomOrder(width, random), 100);
  }

  private static int[] randomOrder(int width, Random random) {
    List<Integer> order = new java.util.ArrayList<>(IntStream.range(0, width).boxed().toList());
    Collections.shuffle(order, random);
    return order.stream().mapToInt(i -> i).toArray();
  }

  private static double[] coarseScores(int width, Random random) {
    double[] scores = random.doubles(width).map(s -> Math.floor(s * 8) / 8).toArray();
    scores[0] = 0.01;
    scores[1] = 0.99;
    return scores;
  }

  /** Every depth counted from scratch. */
  private static double literalRbo(int[] a, int[] b, double p) {
    double sum = 0;
    for (int d = 1; d <= a.length; d++) {
      sum += agreement(a, b, d) * Math.pow(p, d);
    }
    return agreement(a, b, a.length) * Math.pow(p, a.length) + (1 - p) / p * sum;
  }

  private static double agreement(int[] a, int[] b, int depth) {
    Set<Integer> common = new HashSet<>(Arrays.stream(a, 0, depth).boxed().toList());
    common.retainAll(Arrays.stream(b, 0, depth).boxed().toList());
    return (double) common.size() / depth;
  }

  private static double[] meanRanks(double[] values) {
    return Arrays.stream(values)
        .map(
            v ->
                Arrays.stream(values).filter(o -> o < v).count()
                    + (Arrays.stream(values).filter(o -> o == v).count() + 1) / 2.0)
        .toArray();
  }

  private static double pearson(double[] x, double[] y) {
    double mx = Arrays.stream(x).average().orElseThrow();
    double my = Arrays.stream(y).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - mx) * (y[i] - my);
      xx += (x[i] - mx) * (x[i] - mx);
      yy += (y[i] - my) * (y[i] - my);
    }
    return xy / Math.sqrt(xx * yy);
  }
}
