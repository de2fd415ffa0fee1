package io.salient.lca.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NeuronSelectionTest {
  private static final float[][] WEIGHTS = {{5, -3, 2, 0}, {0, 1, 1, -8}, null, {0, 0, 0, 0}};

  @Test
  void shouldSelectTheShortestPrefixThatHoldsTheMass() {
    // when: masses .5 .3 .2 and .8 .1 .1
    NeuronSelection selection = NeuronSelection.topByMass(WEIGHTS, 0.8);

    // then
    assertThat(selection.perLabel().get(0)).containsExactly(0, 1);
    assertThat(selection.perLabel().get(1)).containsExactly(3);
    assertThat(selection.perLabel().get(2)).isEmpty();
    assertThat(selection.perLabel().get(3)).isEmpty();
    assertThat(selection.all()).containsExactly(0, 1, 3);
  }

  @Test
  void shouldSelectOneNeuronForNoMassAndAllWithWeightForTheWhole() {
    assertThat(NeuronSelection.topByMass(WEIGHTS, 0).all()).containsExactly(0, 3);
    assertThat(NeuronSelection.topByMass(WEIGHTS, 1).perLabel().get(0)).containsExactly(0, 1, 2);
  }

  @Test
  void shouldSelectWhatIsAboveAPartOfTheGreatestWeight() {
    assertThat(NeuronSelection.topByThreshold(WEIGHTS, 2).perLabel().get(0)).containsExactly(0, 1);
    assertThat(NeuronSelection.topByThreshold(WEIGHTS, 1).all()).isEmpty(); // none is above it
    assertThat(NeuronSelection.topByThreshold(WEIGHTS, 2).all()).containsExactly(0, 1, 3);
  }

  @Test
  void shouldSelectTheWeakestFirstForTheBottom() {
    // when: ascending masses 0 .2 .3 .5 and 0 .1 .1 .8
    NeuronSelection selection = NeuronSelection.bottomByMass(WEIGHTS, 0.2);

    // then
    assertThat(selection.perLabel().get(0)).containsExactly(3, 2);
    assertThat(selection.perLabel().get(1)).containsExactly(0, 1, 2);
  }

  @Test
  void shouldDrawSetsOfTheAskedSizeAgainAndAgain() {
    // when
    int[] drawn = NeuronSelection.random(100, 30, 5);

    // then
    assertThat(drawn).hasSize(30).isSorted().doesNotHaveDuplicates();
    assertThat(NeuronSelection.random(100, 30, 5)).isEqualTo(drawn);
    assertThat(NeuronSelection.random(100, 30, 6)).isNotEqualTo(drawn);
    assertThat(NeuronSelection.random(9, 9, 1)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void shouldDrawEveryNeuronAboutEquallyOften() {
    // given
    int[] drawn = new int[20];

    // when
    for (long seed = 0; seed < 4_000; seed++) {
      Arrays.stream(NeuronSelection.random(20, 5, seed)).forEach(neuron -> drawn[neuron]++);
    }

    // then: 1,000 each; 6 standard deviations are 164
    assertThat(Arrays.stream(drawn).boxed()).allMatch(n -> n > 836 && n < 1_164);
  }

  @Test
  void shouldTakeTheLastOfARanking() {
    NeuronRanking ranking = NeuronRanking.ofScores(new double[] {0.3, 0.1, 0.9, 0.2});
    assertThat(NeuronSelection.bottom(ranking, 2)).containsExactly(0, 2);
    assertThat(NeuronSelection.bottom(ranking, 9)).hasSize(4);
  }

  @Test
  void shouldOrderInTheStepsOfNeurox() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      // given: whole weights, so that no mass is rounded
      float[][] weights = new float[1 + random.nextInt(4)][40];
      for (float[] row : weights) {
        for (int d = 0; d < row.length; d++) {
          row[d] = random.nextInt(-20, 21);
        }
        row[random.nextInt(40)] = 7;
      }

      // when
      NeuroxRanker ranker = new NeuroxRanker(40);
      Arrays.stream(weights).forEach(ranker::add);
      NeuronRanking ranking = ranker.ranking().orElseThrow();

      // then: each neuron has the step at which the growing union first holds it
      double[] steps = new double[40];
      Arrays.fill(steps, 1.01);
      for (int p = 100; p >= 0; p--) {
        for (int neuron : union(weights, p)) {
          steps[neuron] = p / 100.0;
        }
      }
      assertThat(ranking.scores()).containsExactly(steps);
    }
  }

  /** Prefixes in a reversed stable ascending order that reach p % of the mass, one at least. */
  private static int[] union(float[][] weights, int p) {
    return Arrays.stream(weights)
        .flatMapToInt(
            row -> {
              Integer[] order = new Integer[row.length];
              Arrays.setAll(order, d -> d);
              Arrays.sort(
                  order,
                  (a, b) -> {
                    int byWeight = Float.compare(Math.abs(row[b]), Math.abs(row[a]));
                    return byWeight != 0 ? byWeight : b - a;
                  });
              int total = 0;
              for (float w : row) {
                total += (int) Math.abs(w);
              }
              int mass = 0;
              int size = 0;
              do {
                mass += (int) Math.abs(row[order[size++]]);
              } while (size < row.length && 100 * mass < p * total);
              return Arrays.stream(order, 0, size).mapToInt(d -> d);
            })
        .toArray();
  }

  @Test
  void shouldPutTheLargerIndexInTheEarlierStepAmongEqualWeights() {
    // given
    NeuroxRanker ranker = new NeuroxRanker(4);

    // when: four equal masses of 25 %
    ranker.add(new float[] {1, -1, 1, 1});

    // then
    NeuronRanking ranking = ranker.ranking().orElseThrow();
    assertThat(ranking.order()).containsExactly(3, 2, 1, 0);
    assertThat(ranking.scores()).containsExactly(0.76, 0.51, 0.26, 0);
  }

  @Test
  void shouldRankNothingFromRowsOfZeros() {
    NeuroxRanker ranker = new NeuroxRanker(3);
    ranker.add(new float[3]);
    assertThat(ranker.ranking()).isEmpty();
  }

  @Test
  void shouldRefuseSharesThatAreNone() {
    assertThatThrownBy(() -> NeuronSelection.topByMass(WEIGHTS, 1.1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NeuronSelection.topByThreshold(WEIGHTS, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NeuronSelection.random(5, 6, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
