package io.salient.lca.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.ArrayMatrix;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContributionsTest {
  private static final int[] CODES = {0, 0, 0, 1, 2, 2, -1};

  /**
   * Means of neuron 0 by label: 2, 0, -1; of neuron 1: 0, 3, 1; a word without a label counts not.
   */
  private static final float[][] VALUES = {
    {1, 0}, {2, 0}, {3, 0}, {0, 3}, {-2, 1}, {0, 1}, {1_000, 1_000}
  };

  @Test
  void shouldAddUpWhatANeuronAddsToTheLogitsOfLabelsOnTheirOwnWords() {
    // given
    float[][] weights = {{0.5f, 0}, {1, 1}, {-2, 0.25f}};

    // when
    float[] q = Contributions.of(weights, means(VALUES, CODES, 3), all(3));

    // then: label 0 against the rest -2/3, label 2 against 6/4; label 1 would say 0 - 4/5 < 0
    double first = Math.sqrt(3 / 6.0) * 0.5 * (2 - -2 / 3.0);
    double third = Math.sqrt(2 / 6.0) * -2 * (-1 - 6 / 4.0);
    assertThat((double) q[0]).isCloseTo(first + third, within(1e-6));
    // label 1: 3 - 2/5; label 2: 1 - 3/4
    double second = Math.sqrt(1 / 6.0) * (3 - 2 / 5.0);
    double last = Math.sqrt(2 / 6.0) * 0.25 * (1 - 3 / 4.0);
    assertThat((double) q[1]).isCloseTo(second + last, within(1e-6));
  }

  @Test
  void shouldLeaveOutLabelsThatDoNotCount() {
    float[][] weights = {{0, 0}, {0, 1}, {-2, 0}};

    float[] q =
        Contributions.of(weights, means(VALUES, CODES, 3), new boolean[] {true, false, true});

    assertThat(q[0]).isPositive();
    assertThat(q[1]).isZero();
  }

  @Test
  void shouldCountNothingForANeuronThatSpeaksAgainstItsLabels() {
    assertThat(
            Contributions.of(
                new float[][] {{-1, 0}, {1, 0}, {1, 0}}, means(VALUES, CODES, 3), all(3)))
        .containsExactly(0, 0);
  }

  @Test
  void shouldAgreeWithTheExactStatistics() {
    // given: more neurons than one stripe has
    Random random = new Random(3);
    float[][] values = new float[400][700];
    for (float[] row : values) {
      for (int d = 0; d < row.length; d++) {
        row[d] = (float) (d + random.nextGaussian());
      }
    }
    int[] codes = random.ints(400, -1, 4).toArray();
    ClassStatistics exact =
        ClassStatistics.of(new ArrayMatrix(values), IntStream.range(0, 400).toArray(), codes, 4);

    // when
    ClassMeans means = means(values, codes, 4);

    // then
    for (int c = 0; c < 4; c++) {
      for (int d = 0; d < 700; d += 23) {
        double rest = exact.words() * exact.means()[d] - exact.sum(c, d);
        double expected = exact.mean(c, d) - rest / (exact.words() - exact.counts()[c]);
        assertThat(means.difference(c, d)).isCloseTo(expected, within(1e-9));
      }
    }
  }

  @Test
  void shouldNotRankNeuronsThatContributeNothing() {
    // given: neurons 1 and 4 contribute nothing; 4 is nearer to a weight than 1
    ProbedNeurons neurons =
        new ProbedNeurons(new float[] {1, 0, 3, 1, 0}, new float[] {1, 0.25f, 1, 1, 0.75f});

    // when
    NeuronRanking ranking = NeuronRanking.ofContributions(neurons).orElseThrow();

    // then: equal ones by index
    assertThat(ranking.order()).containsExactly(2, 0, 3, 4, 1);
    assertThat(ranking.size()).isEqualTo(3);
    assertThat(ranking.top(5)).containsExactly(2, 0, 3);
    assertThat(ranking.scoreOf(2)).isEqualTo(3);
  }

  @Test
  void shouldRankNothingWhereNothingContributesOrIsKnown() {
    assertThat(NeuronRanking.ofContributions(ProbedNeurons.UNKNOWN)).isEmpty();
    assertThat(NeuronRanking.ofContributions(new ProbedNeurons(new float[3], new float[0])))
        .isEmpty();
  }

  private static ClassMeans means(float[][] values, int[] codes, int labels) {
    float[] all = new float[values.length * values[0].length];
    for (int i = 0; i < values.length; i++) {
      System.arraycopy(values[i], 0, all, i * values[0].length, values[0].length);
    }
    return ClassMeans.of(MemorySegment.ofArray(all), values[0].length, codes, labels);
  }

  private static boolean[] all(int labels) {
    boolean[] all = new boolean[labels];
    Arrays.fill(all, true);
    return all;
  }
}
