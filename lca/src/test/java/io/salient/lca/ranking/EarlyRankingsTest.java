package io.salient.lca.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.ArrayMatrix;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EarlyRankingsTest {
  private static final int WORDS = 120;
  private static final int WIDTH = 9;
  private static final int LABELS = 3;

  @Property(tries = 200)
  void shouldGiveTheSameScoresForAnyPartitionOfTheWords(
      @ForAll long seed, @ForAll @Size(WORDS) int[] cut) {
    // given
    float[][] values = activations(new Random(seed));
    int[] codes = codes(new Random(seed + 1));
    ClassStatistics whole = part(values, codes, new int[WORDS], 0);

    int[] partOfWord = Arrays.stream(cut).map(any -> Math.floorMod(any, 5)).toArray();

    // when
    ClassStatistics merged = new ClassStatistics(LABELS, WIDTH);
    for (int part = 4; part >= 0; part--) {
      merged.merge(part(values, codes, partOfWord, part));
    }

    // then: the same bits
    assertThat(scores(merged)).isEqualTo(scores(whole));
  }

  private static Map<RankingMethod, List<Double>> scores(ClassStatistics statistics) {
    Map<RankingMethod, List<Double>> scores = new EnumMap<>(RankingMethod.class);
    EarlyRankings.of(statistics, true, 5)
        .forEach(
            (method, ranking) ->
                scores.put(method, Arrays.stream(ranking.scores()).boxed().toList()));
    assertThat(scores).containsOnlyKeys(RankingMethod.PROBELESS, RankingMethod.MEAN_SELECT);
    return scores;
  }

  @Test
  void shouldRankNothingWhereFewerThanTwoLabelsHaveEnoughWords() {
    float[][] values = activations(new Random(1));
    int[] codes = new int[WORDS];
    codes[7] = 1;

    ClassStatistics statistics = part(values, codes, new int[WORDS], 0);

    assertThat(EarlyRankings.of(statistics, true, 2)).isEmpty();
    assertThat(EarlyRankings.of(new ClassStatistics(LABELS, WIDTH), true, 1)).isEmpty();
  }

  @Test
  void shouldRankAsTheMethodsDoByThemselves() {
    float[][] values = activations(new Random(2));
    int[] codes = codes(new Random(3));
    int[] rows = IntStream.range(0, WORDS).toArray();

    Map<RankingMethod, NeuronRanking> early =
        EarlyRankings.of(part(values, codes, new int[WORDS], 0), true, 5);

    for (RankingMethod method : early.keySet()) {
      ActivationRanking alone =
          new ActivationRanking(
              new ArrayMatrix(values), rows, codes, LABELS, true, 5, Shrinkage.LEDOIT_WOLF);
      MethodScores scores = alone.scores(method, null, share -> {});
      assertThat(early.get(method).order())
          .isEqualTo(scores.ranking(alone.statistics().counts(), 5).orElseThrow().order());
    }
  }

  private static ClassStatistics part(float[][] values, int[] codes, int[] partOfWord, int part) {
    int[] rows = IntStream.range(0, WORDS).filter(row -> partOfWord[row] == part).toArray();
    return ClassStatistics.of(new ArrayMatrix(values), rows, codes, LABELS);
  }

  private static float[][] activations(Random random) {
    float[][] values = new float[WORDS][WIDTH];
    for (float[] row : values) {
      for (int d = 0; d < WIDTH; d++) {
        row[d] = (float) (Math.pow(10, d % 4) * (random.nextGaussian() + d));
      }
    }
    return values;
  }

  private static int[] codes(Random random) {
    return random.ints(WORDS, -1, LABELS).toArray();
  }
}
