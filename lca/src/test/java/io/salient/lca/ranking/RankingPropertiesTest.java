package io.salient.lca.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.drift.RankSimilarity;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** METHOD.md section 7, for any weights: many of them zero, many of them equal. */
class RankingPropertiesTest {
  private static final int NO_MINIMUM = 0;

  @Property(tries = 200)
  void shouldRankEveryNeuronExactlyOnce(
      @ForAll @IntRange(min = 1, max = 6) int labels,
      @ForAll @IntRange(min = 1, max = 120) int width,
      @ForAll long seed) {
    NeuronRanking ranking = rank(weights(labels, width, seed));

    int[] sorted = ranking.order();
    Arrays.sort(sorted);
    assertThat(sorted).isEqualTo(IntStream.range(0, width).toArray());
  }

  @Property(tries = 200)
  void shouldScoreBetweenZeroAndOneInAscendingOrder(
      @ForAll @IntRange(min = 1, max = 6) int labels,
      @ForAll @IntRange(min = 1, max = 120) int width,
      @ForAll long seed) {
    NeuronRanking ranking = rank(weights(labels, width, seed));

    double before = 0;
    for (int place = 0; place < width; place++) {
      double score = ranking.scoreOf(ranking.neuronAt(place));
      assertThat(score).isBetween(before, 1.0);
      before = score;
    }
    assertThat(ranking.scoreOf(ranking.neuronAt(0))).isZero();
  }

  @Property(tries = 200)
  void shouldRankNeuronsWithWeightOnly(
      @ForAll @IntRange(min = 1, max = 6) int labels,
      @ForAll @IntRange(min = 1, max = 120) int width,
      @ForAll long seed) {
    float[][] weights = weights(labels, width, seed);

    NeuronRanking ranking = rank(weights);

    int[] expected =
        IntStream.range(0, width)
            .filter(neuron -> Arrays.stream(weights).anyMatch(row -> row[neuron] != 0))
            .toArray();
    int[] ranked = ranking.top(width);
    Arrays.sort(ranked);
    assertThat(ranked).isEqualTo(expected);
  }

  @Property(tries = 200)
  void shouldNotDependOnTheOrderOfLabels(
      @ForAll @IntRange(min = 2, max = 6) int labels,
      @ForAll @IntRange(min = 1, max = 120) int width,
      @ForAll long seed) {
    float[][] weights = weights(labels, width, seed);
    float[][] shuffled = weights.clone();
    for (int i = labels - 1; i > 0; i--) {
      int j = new Random(seed + i).nextInt(i + 1);
      float[] swap = shuffled[i];
      shuffled[i] = shuffled[j];
      shuffled[j] = swap;
    }

    assertThat(rank(shuffled).order()).isEqualTo(rank(weights).order());
  }

  @Property(tries = 200)
  void shouldNotDependOnTheScaleOfALabel(
      @ForAll @IntRange(min = 1, max = 6) int labels,
      @ForAll @IntRange(min = 1, max = 120) int width,
      @ForAll @IntRange(min = -20, max = 20) int exponent,
      @ForAll long seed) {
    float[][] weights = weights(labels, width, seed);
    float[][] scaled = Arrays.stream(weights).map(float[]::clone).toArray(float[][]::new);
    for (int neuron = 0; neuron < width; neuron++) {
      scaled[0][neuron] = Math.scalb(scaled[0][neuron], exponent); // exact
    }

    assertThat(rank(scaled).order()).isEqualTo(rank(weights).order());
  }

  @Property(tries = 200)
  void shouldRankAPlantedNeuronFirst(
      @ForAll @IntRange(min = 1, max = 6) int labels,
      @ForAll @IntRange(min = 2, max = 120) int width,
      @ForAll long seed) {
    float[][] weights = weights(labels, width, seed);
    int planted = new Random(seed).nextInt(width);
    for (float[] row : weights) {
      row[planted] = -1_000;
    }

    assertThat(rank(weights).neuronAt(0)).isEqualTo(planted);
  }

  @Property(tries = 200)
  void shouldBeLikeItselfAndAlikeBothWays(
      @ForAll @IntRange(min = 2, max = 120) int width,
      @ForAll @IntRange(min = 1, max = 120) int top,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double p,
      @ForAll long seed) {
    int[] a = rank(weights(3, width, seed)).order();
    int[] b = rank(weights(3, width, seed + 1)).order();

    assertThat(RankSimilarity.rboOfFirst(a, a, p)).isCloseTo(1, within(1e-9));
    assertThat(RankSimilarity.rboOfFirst(a, b, p))
        .isBetween(0.0, 1.0)
        .isCloseTo(RankSimilarity.rboOfFirst(b, a, p), within(1e-12));
    int[] first = Arrays.copyOf(a, Math.min(top, width));
    int[] other = Arrays.copyOf(b, Math.min(top, width));
    assertThat(RankSimilarity.jaccard(first, other)).isBetween(0.0, 1.0);
    assertThat(RankSimilarity.jaccard(first, first)).isEqualTo(1);
  }

  @Property(tries = 200)
  void shouldBeAlikeBothWaysWhereListsWereCut(
      @ForAll @IntRange(min = 2, max = 120) int width,
      @ForAll @IntRange(min = 1, max = 120) int top,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double p,
      @ForAll long seed) {
    int[] a = rank(weights(3, width, seed)).order();
    int[] b = rank(weights(3, width, seed + 1)).order();
    int[] first = Arrays.copyOf(a, Math.min(top, width));
    int[] shorter = Arrays.copyOf(b, Math.max(1, Math.min(top, width) / 2));

    assertThat(RankSimilarity.rboOfFirst(first, first, p)).isCloseTo(1, within(1e-9));
    assertThat(RankSimilarity.rboOfFirst(first, shorter, p))
        .isBetween(0.0, 1.0)
        .isCloseTo(RankSimilarity.rboOfFirst(shorter, first, p), within(1e-12));
  }

  private static NeuronRanking rank(float[][] weights) {
    return LcaRanker.rank(weights, new int[weights.length], NO_MINIMUM).orElseThrow();
  }

  /** Small multiples of a power of two, so that there are ties; at least one is not zero. */
  private static float[][] weights(int labels, int width, long seed) {
    Random random = new Random(seed);
    float[][] weights = new float[labels][width];
    for (float[] row : weights) {
      for (int neuron = 0; neuron < width; neuron++) {
        row[neuron] = random.nextInt(3) == 0 ? 0 : (random.nextInt(33) - 16) / 8f;
      }
      row[random.nextInt(width)] = 0.5f;
    }
    return weights;
  }
}
