package io.salient.lca.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.ArrayMatrix;
import io.salient.lca.SentenceGroups;
import io.salient.lca.Split;
import io.salient.lca.ranking.LabelRanking;
import io.salient.lca.ranking.LcaRanker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The tolerance of a fit is a gap of the objective; what counts is the ranking. Labels here overlap
 * and depend on many neurons a little, so that the ranking is not decided by a few large weights.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RankingAgreementTest {
  private static final int WORDS = 4_000;
  private static final int WIDTH = 400;
  private static final int LABELS = 6;
  private static final int FACTORS = 20;
  private static final int FIRST = 100;
  private static final FitSettings SETTINGS = FitSettings.defaults();

  private final PlantedData data = graded();
  private Probe exact;

  @BeforeAll
  void fitExactly() {
    exact = data.fit(SETTINGS.withEnd(1e-6, 2_000)).probe();
  }

  @Test
  void shouldRankAsTheExactOptimumDoes() {
    assertThat(jaccard(data.fit(SETTINGS).probe(), exact)).isGreaterThanOrEqualTo(.97);
  }

  @Test
  void shouldRankMuchAsTheExactOptimumDoesAtTheToleranceOfHalves() {
    assertThat(jaccard(data.fit(SETTINGS.forHalves()).probe(), exact)).isGreaterThanOrEqualTo(.9);
  }

  @Test
  void shouldRankAsTheExactOptimumDoesFromAnyStart() {
    // given: a probe of other words
    int[] others = IntStream.range(0, WORDS / 2).toArray();
    Probe start =
        new PlantedData(data.matrix(), data.split(), data.labels(), others).fit(SETTINGS).probe();

    // when
    Probe warm = data.fit(SETTINGS, java.util.Map.of("planted", start)).probe();

    // then
    assertThat(jaccard(warm, exact)).isGreaterThanOrEqualTo(.97);
  }

  private static double jaccard(Probe one, Probe other) {
    Set<Integer> a = first(one);
    Set<Integer> b = first(other);
    long common = a.stream().filter(b::contains).count();
    return (double) common / (a.size() + b.size() - common);
  }

  private static Set<Integer> first(Probe probe) {
    LcaRanker ranker = new LcaRanker(probe.width());
    Arrays.stream(probe.weights()).forEach(row -> ranker.add(LabelRanking.of(row)));
    return Arrays.stream(ranker.ranking().orElseThrow().top(FIRST))
        .boxed()
        .collect(Collectors.toSet());
  }

  /** Neurons share factors; a label's score is a sum over all neurons with few large terms. */
  private static PlantedData graded() {
    Random random = new Random(5);
    float[][] loadings = gaussian(random, FACTORS, WIDTH);
    float[][] weights = gaussian(random, LABELS, WIDTH);
    for (float[] row : weights) {
      for (int d = 0; d < WIDTH; d++) {
        row[d] = .12f * row[d] * Math.abs(row[d]) * Math.abs(row[d]);
      }
    }
    float[][] values = gaussian(random, WORDS, WIDTH);
    int[] codes = new int[WORDS];
    for (int i = 0; i < WORDS; i++) {
      for (int f = 0; f < FACTORS; f++) {
        float factor = .5f * (float) random.nextGaussian();
        for (int d = 0; d < WIDTH; d++) {
          values[i][d] += factor * loadings[f][d];
        }
      }
      double best = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < LABELS; c++) {
        double score = -Math.log(-Math.log(random.nextDouble())); // Gumbel: a draw of the softmax
        for (int d = 0; d < WIDTH; d++) {
          score += weights[c][d] * values[i][d];
        }
        if (score > best) {
          best = score;
          codes[i] = c;
        }
      }
    }
    List<String> names = new ArrayList<>();
    IntStream.range(0, LABELS).forEach(c -> names.add("L" + c));
    int[] starts = IntStream.range(0, WORDS / 10).map(s -> 10 * s).toArray();
    return new PlantedData(
        new ArrayMatrix(values),
        Split.byGroup(SentenceGroups.byPosition(starts, WORDS)),
        new ConceptLabels("planted", names, codes),
        IntStream.range(0, WORDS).toArray());
  }

  private static float[][] gaussian(Random random, int rows, int columns) {
    float[][] values = new float[rows][columns];
    for (float[] row : values) {
      for (int d = 0; d < columns; d++) {
        row[d] = (float) random.nextGaussian();
      }
    }
    return values;
  }
}
