package io.salient.lca.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.ArrayMatrix;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The methods that rank neurons without a probe, each against its definition. */
class ActivationRankingTest {
  private static final int WORDS = 600;
  private static final int WIDTH = 80;
  private static final int LABELS = 4;

  /** Once for every method that needs no probe. */
  @ParameterizedTest
  @EnumSource(
      value = RankingMethod.class,
      mode = Mode.EXCLUDE,
      names = {"LCA", "CONTRIBUTION", "NEUROX"})
  @Retention(RetentionPolicy.RUNTIME)
  private @interface WithoutAProbe {}

  private Shrinkage shrinkage = Shrinkage.LEDOIT_WOLF;
  private final Random random = new Random(7);
  private final int[] codes = random.ints(WORDS, 0, LABELS).toArray();
  private final float[][] values = noise();

  private float[][] noise() {
    float[][] noise = new float[WORDS][WIDTH];
    for (float[] row : noise) {
      for (int d = 0; d < WIDTH; d++) {
        row[d] = (float) (3 + (1 + d % 5) * random.nextGaussian());
      }
    }
    return noise;
  }

  /** Neuron 10 + 7 c is high on the words of label c. */
  private void plant() {
    for (int i = 0; i < WORDS; i++) {
      values[i][10 + 7 * codes[i]] += 25;
    }
  }

  @WithoutAProbe
  void shouldRankPlantedNeuronsFirst(RankingMethod method) {
    // given
    plant();

    // when
    NeuronRanking ranking = ranking(method, 20);

    // then
    assertThat(ranking.top(LABELS)).containsExactlyInAnyOrder(10, 17, 24, 31);
    assertThat(Arrays.stream(ranking.order()).sorted())
        .containsExactly(IntStream.range(0, WIDTH).boxed().toArray(Integer[]::new));
  }

  @WithoutAProbe
  void shouldNotDependOnTheScaleOfANeuron(RankingMethod method) {
    // given: a power of two scales without rounding
    plant();
    int[] before = ranking(method, 20).order();

    // when
    for (float[] row : values) {
      row[5] *= 1_024;
      row[17] /= 512;
    }

    // then
    assertThat(ranking(method, 20).order()).containsExactly(before);
  }

  @WithoutAProbe
  void shouldLeaveRareLabelsOutOfTheRankingOverAllLabels(RankingMethod method) {
    // given: five words of a label that a neuron marks perfectly
    Arrays.fill(codes, 0, 5, LABELS - 1);
    for (int i = 5; i < WORDS; i++) {
      codes[i] %= LABELS - 1;
    }
    plant();
    for (int i = 0; i < 5; i++) {
      values[i][60] = 500;
    }

    // when
    NeuronRanking ranking = ranking(method, 20);

    // then
    assertThat(ranking.top(3)).containsExactlyInAnyOrder(10, 17, 24);
    assertThat(ranking.top(4)).doesNotContain(31);
  }

  @WithoutAProbe
  void shouldRankNothingWithoutTwoLabels(RankingMethod method) {
    assertThat(scores(method, WORDS).ranking(counts(), WORDS)).isEmpty();
  }

  @Test
  void shouldSumTheDistancesOfAllPairsOfMeans() {
    // when
    MethodScores scores = ofRawValues(RankingMethod.PROBELESS);

    // then: pair by pair
    double[][] means = means();
    for (int d = 0; d < WIDTH; d++) {
      double sum = 0;
      for (int a = 0; a < LABELS; a++) {
        double ofLabel = 0;
        for (int b = 0; b < LABELS; b++) {
          ofLabel += Math.abs(means[a][d] - means[b][d]);
          sum += a < b ? Math.abs(means[a][d] - means[b][d]) : 0;
        }
        assertThat(scores.perLabel()[a][d]).isCloseTo((float) ofLabel, within(1e-5f));
      }
      assertThat(scores.saliences().orElseThrow()[d]).isCloseTo((float) sum, within(1e-5f));
    }
  }

  @Test
  void shouldMeasureALabelAgainstTheRestInUnitsOfTheRange() {
    // when
    MethodScores scores = ofRawValues(RankingMethod.MEAN_SELECT);

    // then
    for (int d = 0; d < WIDTH; d++) {
      int neuron = d;
      double in = mean(neuron, code -> code == 2);
      double rest = mean(neuron, code -> code != 2);
      double[] all = Arrays.stream(values).mapToDouble(row -> row[neuron]).sorted().toArray();
      double expected = (in - rest) / (all[WORDS - 1] - all[0]);
      assertThat(scores.perLabel()[2][d]).isCloseTo((float) expected, within(1e-5f));
    }
  }

  @Test
  void shouldMeasureOverlapAndPrecisionByTheirDefinitions() {
    // given: many ties
    for (float[] row : values) {
      for (int d = 0; d < WIDTH; d++) {
        row[d] = Math.round(row[d]);
      }
    }

    // when
    float[][] iou = scores(RankingMethod.IOU, 0).perLabel();
    float[][] precision = scores(RankingMethod.AVERAGE_PRECISION, 0).perLabel();

    // then
    for (int d = 0; d < WIDTH; d += 9) {
      for (int c = 0; c < LABELS; c++) {
        assertThat(iou[c][d]).isCloseTo((float) literalIou(d, c), within(1e-6f));
        assertThat(precision[c][d]).isCloseTo((float) literalPrecision(d, c), within(1e-6f));
      }
    }
  }

  private double literalIou(int d, int c) {
    double[] descending = column(d);
    double last = descending[WORDS - (int) Math.ceil(0.05 * WORDS)];
    long both =
        IntStream.range(0, WORDS).filter(i -> values[i][d] >= last && codes[i] == c).count();
    long either =
        IntStream.range(0, WORDS).filter(i -> values[i][d] >= last || codes[i] == c).count();
    return (double) both / either;
  }

  private double literalPrecision(int d, int c) {
    double sum = 0;
    int words = 0;
    for (int i = 0; i < WORDS; i++) {
      if (codes[i] == c) {
        float x = values[i][d];
        long above = IntStream.range(0, WORDS).filter(j -> values[j][d] >= x).count();
        long hits =
            IntStream.range(0, WORDS).filter(j -> values[j][d] >= x && codes[j] == c).count();
        sum += (double) hits / above;
        words++;
      }
    }
    return sum / words;
  }

  @ParameterizedTest
  @EnumSource(Shrinkage.class)
  void shouldChooseWhatTellsSomethingNewBeforeACopyOfWhatIsKnown(Shrinkage by) {
    // given: neuron 0 tells labels {0, 1} from {2, 3} and neuron 1 nearly repeats it; neuron 2,
    // weaker by itself, tells the labels of each half apart
    for (int i = 0; i < WORDS; i++) {
      values[i][0] = (float) ((codes[i] < 2 ? -6 : 6) + random.nextGaussian());
      values[i][1] = (float) (values[i][0] + 0.05 * random.nextGaussian());
      values[i][2] = (float) ((codes[i] % 2 == 0 ? -3 : 3) + random.nextGaussian());
    }

    shrinkage = by;

    // when
    int[] order = ranking(RankingMethod.GAUSSIAN, 20).order();

    // then: the pair of halves is one choice, the third neuron the next
    assertThat(order[0]).isIn(0, 1);
    assertThat(order[1]).isEqualTo(2);
  }

  @Test
  void shouldRefuseNaN() {
    values[3][8] = Float.NaN;
    assertThatThrownBy(() -> scores(RankingMethod.AVERAGE_PRECISION, 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("neuron 8");
  }

  @Test
  void shouldSayWhichMethodsThereAre() {
    assertThat(RankingMethod.of("mean-select")).isEqualTo(RankingMethod.MEAN_SELECT);
    assertThatThrownBy(() -> RankingMethod.of("meanselect"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("average-precision");
  }

  private double[] column(int d) {
    return Arrays.stream(values).mapToDouble(row -> row[d]).sorted().toArray();
  }

  private double mean(int d, IntPredicate ofCode) {
    return IntStream.range(0, WORDS)
        .filter(i -> ofCode.test(codes[i]))
        .mapToDouble(i -> values[i][d])
        .average()
        .orElseThrow();
  }

  private double[][] means() {
    double[][] means = new double[LABELS][WIDTH];
    int[] counts = counts();
    for (int i = 0; i < WORDS; i++) {
      for (int d = 0; d < WIDTH; d++) {
        means[codes[i]][d] += values[i][d] / (double) counts[codes[i]];
      }
    }
    return means;
  }

  private int[] counts() {
    int[] counts = new int[LABELS];
    Arrays.stream(codes).forEach(code -> counts[code]++);
    return counts;
  }

  private ActivationRanking ranking(boolean standardize, int minLabelCount) {
    return new ActivationRanking(
        new ArrayMatrix(values),
        IntStream.range(0, WORDS).toArray(),
        codes,
        LABELS,
        standardize,
        minLabelCount,
        shrinkage);
  }

  private MethodScores ofRawValues(RankingMethod method) {
    return ranking(false, 0).scores(method, bytes -> null, done -> {});
  }

  private MethodScores scores(RankingMethod method, int minLabelCount) {
    try (Arena arena = Arena.ofShared()) {
      return ranking(true, minLabelCount)
          .scores(method, bytes -> arena.allocate(bytes, 64), done -> {});
    }
  }

  private NeuronRanking ranking(RankingMethod method, int minLabelCount) {
    return scores(method, minLabelCount).ranking(counts(), minLabelCount).orElseThrow();
  }
}
