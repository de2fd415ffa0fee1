package io.salient.lca.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random probes are sparse and full of ties, as L1 and coarse weights make them. */
class LcaRankerTest {
  private static final int ROUNDS = 200;

  @Test
  void shouldRankByTheSmallestMassBeforeANeuron() {
    // given: label 0 has masses .5 .3 .2 0, label 1 has 0 0 .25 .75
    float[][] weights = {{5, -3, 2, 0}, {0, 0, 1, -3}};

    // when
    NeuronRanking ranking = rank(weights).orElseThrow();

    // then: 3 and 0 lead their label, with shares .75 and .5 of it; then F_0(1) = .5, F_1(2) = .75
    assertThat(ranking.order()).containsExactly(3, 0, 1, 2);
    assertThat(ranking.scores()).containsExactly(0, 0.5, 0.75, 0);
  }

  @Test
  void shouldBreakTiesByTheLargestShareOfALabelThenByIndex() {
    // given: 4, 1 and 2 lead their label, with all, 2/3 and 2/3 of it
    float[][] weights = {{1, 2, 0, 0, 0}, {0, 0, 4, 2, 0}, {0, 0, 0, 0, -1}};

    // when
    NeuronRanking ranking = rank(weights).orElseThrow();

    // then
    assertThat(ranking.order()).containsExactly(4, 1, 2, 0, 3);
  }

  @Test
  void shouldNotRankNeuronsWithoutWeight() {
    // given
    float[][] weights = {{0, 2, 0, 1, 0}, {0, 0, 0, -1, 0}};

    // when
    NeuronRanking ranking = rank(weights).orElseThrow();

    // then: they stand behind, by index, and are in no list of the first
    assertThat(ranking.size()).isEqualTo(2);
    assertThat(ranking.top(4)).containsExactly(3, 1);
    assertThat(ranking.order()).containsExactly(3, 1, 0, 2, 4);
  }

  @Test // made with ranks() of the simulation that METHOD 6 was tried by
  void shouldOrderAsTheReferenceDoes() {
    // given: x = 48271 x mod (2^31 - 1) from 7; weight max(0, x mod 1000 - 700), its sign by the
    // next
    long x = 7;
    float[][] weights = new float[4][60];
    for (float[] row : weights) {
      for (int d = 0; d < 60; d++) {
        x = x * 48_271 % Integer.MAX_VALUE;
        row[d] = Math.max(0, x % 1_000 - 700);
        x = x * 48_271 % Integer.MAX_VALUE;
        row[d] *= x % 2 == 1 ? 1 : -1;
      }
    }

    // when
    NeuronRanking ranking = rank(weights).orElseThrow();

    // then
    assertThat(ranking.top(20))
        .containsExactly(
            28, 2, 31, 27, 45, 13, 4, 58, 15, 49, 40, 41, 29, 26, 32, 5, 42, 36, 30, 6);
  }

  @Test
  void shouldPutTheLowerIndexFirstAmongEqualWeights() {
    // given
    float[][] weights = {{1, 2, -2, 1}};

    // when
    NeuronRanking ranking = rank(weights).orElseThrow();

    // then
    assertThat(ranking.order()).containsExactly(1, 2, 0, 3);
  }

  @Test
  void shouldAgreeWithTheDefinitionTakenLiterally() {
    Random random = new Random(1);
    for (int round = 0; round < ROUNDS; round++) {
      // given
      float[][] weights = randomProbe(random);

      // when
      NeuronRanking ranking = rank(weights).orElseThrow();

      // then
      double[] expected = literalScores(weights);
      double[] shares = literalShares(weights);
      int[] order =
          IntStream.range(0, expected.length)
              .boxed()
              .sorted(
                  Comparator.<Integer>comparingDouble(d -> expected[d])
                      .thenComparingDouble(d -> -shares[d])
                      .thenComparingInt(d -> d))
              .mapToInt(d -> d)
              .toArray();
      assertThat(ranking.scores()).containsExactly(expected);
      assertThat(ranking.order()).containsExactly(order);
    }
  }

  @Test
  void shouldRankEveryNeuronExactlyOnceWithScoresFromZeroToOne() {
    Random random = new Random(2);
    for (int round = 0; round < ROUNDS; round++) {
      // given
      float[][] weights = randomProbe(random);

      // when
      NeuronRanking ranking = rank(weights).orElseThrow();

      // then
      assertThat(Arrays.stream(ranking.order()).sorted())
          .containsExactly(IntStream.range(0, weights[0].length).boxed().toArray(Integer[]::new));
      assertThat(Arrays.stream(ranking.scores()).boxed()).allMatch(s -> s >= 0 && s <= 1);
      assertThat(ranking.scoreOf(ranking.neuronAt(0))).isZero();
    }
  }

  @Test
  void shouldNotDependOnTheOrderOfLabels() {
    Random random = new Random(3);
    for (int round = 0; round < ROUNDS; round++) {
      // given
      float[][] weights = randomProbe(random);
      float[][] shuffled = weights.clone();
      java.util.Collections.shuffle(Arrays.asList(shuffled), random);

      // when
      NeuronRanking ranking = rank(weights).orElseThrow();
      NeuronRanking other = rank(shuffled).orElseThrow();

      // then
      assertThat(other.scores()).containsExactly(ranking.scores());
      assertThat(other.order()).containsExactly(ranking.order());
    }
  }

  @Test
  void shouldNotDependOnTheScaleOfALabel() {
    Random random = new Random(4);
    for (int round = 0; round < ROUNDS; round++) {
      // given: powers of two scale without rounding
      float[][] weights = randomProbe(random);
      float[][] scaled = new float[weights.length][];
      for (int c = 0; c < weights.length; c++) {
        float factor = (float) Math.pow(2, random.nextInt(-8, 8));
        scaled[c] = weights[c].clone();
        for (int d = 0; d < scaled[c].length; d++) {
          scaled[c][d] *= factor;
        }
      }

      // when
      int[] order = rank(scaled).orElseThrow().order();

      // then
      assertThat(order).containsExactly(rank(weights).orElseThrow().order());
    }
  }

  @Test
  void shouldRankAPlantedNeuronFirst() {
    Random random = new Random(5);
    for (int round = 0; round < ROUNDS; round++) {
      // given: one neuron outweighs all others of every label
      float[][] weights = randomProbe(random);
      int planted = random.nextInt(weights[0].length);
      for (float[] row : weights) {
        row[planted] = random.nextBoolean() ? 100 : -100;
      }

      // when
      NeuronRanking ranking = rank(weights).orElseThrow();

      // then
      assertThat(ranking.neuronAt(0)).isEqualTo(planted);
    }
  }

  @Test
  void shouldLeaveOutRareLabelsAndRowsOfZeros() {
    // given: label 0 is too rare, label 1 has no weight, label 2 has no probe
    float[][] weights = {{9, 0, 0}, {0, 0, 0}, null, {0, 1, 3}};
    int[] counts = {19, 500, 0, 20};

    // when
    NeuronRanking ranking = LcaRanker.rank(weights, counts, 20).orElseThrow();

    // then
    assertThat(ranking.order()).containsExactly(2, 1, 0);
    assertThat(ranking.size()).isEqualTo(2);
    assertThat(ranking.scores()).containsExactly(1, 0.75, 0);
  }

  @Test
  void shouldSayThatThereIsNoRankingWhenNoLabelQualifies() {
    assertThat(LcaRanker.rank(new float[][] {{1, 2}}, new int[] {3}, 20)).isEmpty();
    assertThat(LcaRanker.rank(new float[][] {{0, 0}}, new int[] {30}, 20)).isEmpty();
    assertThat(LcaRanker.rank(new float[][] {null}, new int[] {0}, 0)).isEmpty();
    assertThat(LcaRanker.rank(new float[0][], new int[0], 0)).isEmpty();
  }

  @Test
  void shouldRefuseWeightsThatAreNotFinite() {
    assertThatThrownBy(() -> rank(new float[][] {{0, Float.NaN}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("neuron 1");
  }

  @Test
  void shouldTakeDenormalsAndHugeWeights() {
    // given
    float[][] weights = {{Float.MIN_VALUE, -Float.MAX_VALUE, -0.0f, Float.MAX_VALUE}};

    // when
    NeuronRanking ranking = rank(weights).orElseThrow();

    // then
    assertThat(ranking.order()).containsExactly(1, 3, 0, 2);
    assertThat(ranking.scores()).containsExactly(1, 0, 1, 0.5);
  }

  private static Optional<NeuronRanking> rank(float[][] weights) {
    return LcaRanker.rank(weights, new int[weights.length], 0);
  }

  private static float[][] randomProbe(Random random) {
    int width = random.nextInt(1, 60);
    float[][] weights = new float[random.nextInt(1, 8)][width];
    for (float[] row : weights) {
      for (int d = 0; d < width; d++) {
        row[d] = random.nextInt(3) == 0 ? 0 : random.nextInt(-4, 5) / 4f;
      }
      row[random.nextInt(width)] = 1; // no row of zeros
    }
    return weights;
  }

  private static double[] literalShares(float[][] weights) {
    double[] shares = new double[weights[0].length];
    for (float[] row : weights) {
      double total = 0;
      for (float weight : row) {
        total += Math.abs(weight);
      }
      for (int d = 0; d < row.length; d++) {
        shares[d] = Math.max(shares[d], Math.abs(row[d]) / total);
      }
    }
    return shares;
  }

  private static double[] literalScores(float[][] weights) {
    int width = weights[0].length;
    double[] scores = new double[width];
    Arrays.fill(scores, Double.POSITIVE_INFINITY);
    for (float[] row : weights) {
      for (int d = 0; d < width; d++) {
        double before = 0;
        double total = 0;
        for (int other = 0; other < width; other++) {
          double mass = Math.abs(row[other]);
          total += mass;
          boolean larger = mass > Math.abs(row[d]);
          boolean tiedBefore = mass == Math.abs(row[d]) && other < d;
          before += larger || tiedBefore ? mass : 0;
        }
        scores[d] = Math.min(scores[d], before / total);
      }
    }
    return scores;
  }
}
