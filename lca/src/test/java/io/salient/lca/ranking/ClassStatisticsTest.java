package io.salient.lca.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.ArrayMatrix;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassStatisticsTest {
  private static final int WORDS = 2_000;
  private static final int WIDTH = 700; // more than one stripe
  private static final int LABELS = 5;

  @Test
  void shouldGiveTheSameBitsHoweverTheWordsAreCutAndMerged() {
    // given: neurons of very different size, one with a mean far from its deviation
    Random random = new Random(1);
    float[][] values = activations(random);
    int[] codes = random.ints(WORDS, -1, LABELS).toArray();
    ClassStatistics whole = of(values, codes, IntStream.range(0, WORDS).toArray());

    for (int round = 0; round < 20; round++) {
      // when: a random cut of the words into parts, merged in a random order
      List<Integer> rows = new ArrayList<>(IntStream.range(0, WORDS).boxed().toList());
      Collections.shuffle(rows, random);
      ClassStatistics merged = new ClassStatistics(LABELS, WIDTH);
      for (int from = 0; from < WORDS; ) {
        int to = Math.min(WORDS, from + 1 + random.nextInt(700));
        int[] part = rows.subList(from, to).stream().mapToInt(row -> row).toArray();
        merged.merge(of(values, codes, part));
        from = to;
      }

      // then
      assertThat(merged.counts()).isEqualTo(whole.counts());
      for (int c = 0; c < LABELS; c++) {
        for (int d = 0; d < WIDTH; d++) {
          assertThat(merged.sum(c, d)).isEqualTo(whole.sum(c, d));
          assertThat(merged.sumOfSquares(c, d)).isEqualTo(whole.sumOfSquares(c, d));
          assertThat(merged.range(d)).isEqualTo(whole.range(d));
        }
      }
      assertThat(merged.inverseDeviations()).isEqualTo(whole.inverseDeviations());
    }
  }

  @Test
  void shouldRoundTheExactSums() {
    // given
    Random random = new Random(2);
    float[][] values = activations(random);
    int[] codes = random.ints(WORDS, 0, LABELS).toArray();

    // when
    ClassStatistics statistics = of(values, codes, IntStream.range(0, WORDS).toArray());

    // then: against decimal arithmetic without rounding
    for (int d = 0; d < WIDTH; d += 97) {
      BigDecimal sum = BigDecimal.ZERO;
      BigDecimal squares = BigDecimal.ZERO;
      for (int i = 0; i < WORDS; i++) {
        if (codes[i] == 3) {
          BigDecimal x = new BigDecimal(values[i][d]);
          sum = sum.add(x);
          squares = squares.add(x.multiply(x));
        }
      }
      assertThat(statistics.sum(3, d)).isEqualTo(sum.doubleValue());
      assertThat(statistics.sumOfSquares(3, d)).isEqualTo(squares.doubleValue());
    }
  }

  @Test
  void shouldKeepADeviationThatIsSmallAgainstTheMean() {
    // given: in doubles, sum x^2 - (sum x)^2 / n would keep none of its digits
    float[][] values = new float[1_000][1];
    for (int i = 0; i < values.length; i++) {
      values[i][0] = 1e6f + (i % 2 == 0 ? 4 : -4);
    }

    // when
    ClassStatistics statistics =
        of(values, new int[values.length], IntStream.range(0, values.length).toArray());

    // then
    assertThat(1 / statistics.inverseDeviations()[0]).isCloseTo(4, within(1e-12));
    assertThat(statistics.squaresWithin(0, 0)).isCloseTo(16_000, within(1e-8));
  }

  @Test
  void shouldGiveAConstantNeuronNoWeight() {
    // given
    float[][] values = new float[50][2];
    for (int i = 0; i < values.length; i++) {
      values[i] = new float[] {0.1f, i};
    }

    // when
    double[] inverse =
        of(values, new int[50], IntStream.range(0, 50).toArray()).inverseDeviations();

    // then
    assertThat(inverse[0]).isZero();
    assertThat(inverse[1]).isPositive();
  }

  @Test
  void shouldRefuseWhatIsNotFiniteAndWhatDoesNotMerge() {
    float[][] values = {{1, 2}, {3, Float.NaN}};
    assertThatThrownBy(() -> of(values, new int[2], new int[] {0, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("neuron 1");
    assertThatThrownBy(() -> new ClassStatistics(2, 3).merge(new ClassStatistics(2, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not merge");
  }

  private static float[][] activations(Random random) {
    float[][] values = new float[WORDS][WIDTH];
    for (float[] row : values) {
      for (int d = 0; d < WIDTH; d++) {
        double size = Math.pow(10, d % 9 - 4);
        row[d] = (float) (size * (random.nextGaussian() + (d % 3 == 0 ? 50 : 0)));
      }
    }
    return values;
  }

  private static ClassStatistics of(float[][] values, int[] codes, int[] rows) {
    int labels = Math.max(LABELS, Arrays.stream(codes).max().orElse(0) + 1);
    return ClassStatistics.of(new ArrayMatrix(values), rows, codes, labels);
  }
}
