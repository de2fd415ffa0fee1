package io.salient.lca.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.drift.PlantedCheckpoints.Fits;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Without drift p is uniform on 1/(B+1) .. 1, through the real fits: chi-square over many corpora.
 */
class NullDistributionTest {
  private static final int REPLICATES = 4;
  private static final int CORPORA = 80;

  /** 0.999 quantile of chi-square with REPLICATES degrees of freedom. */
  private static final double CRITICAL = 18.47;

  /** By kind of checkpoint, how often each p came. */
  private static final int[][] SAME = new int[2][REPLICATES + 1];

  private static final int[][] OTHER_NOISE = new int[2][REPLICATES + 1];

  @BeforeAll
  static void fitManyCorpora() {
    List<Pair> pairs =
        IntStream.range(0, CORPORA).parallel().mapToObj(NullDistributionTest::fit).toList();
    for (Pair pair : pairs) {
      count(SAME, pair.baseline(), pair.baseline());
      count(OTHER_NOISE, pair.baseline(), pair.checkpoint());
    }
  }

  /** Two checkpoints of one corpus that differ in nothing but noise. */
  private record Pair(Fits baseline, Fits checkpoint) {}

  private static Pair fit(int seed) {
    PlantedCheckpoints corpus = new PlantedCheckpoints(480, seed);
    return new Pair(
        corpus.fit(corpus.carriedBy(1, 1.6, 1_000 + seed), 1 + REPLICATES),
        corpus.fit(corpus.carriedBy(1, 1.6, 2_000 + seed), 1));
  }

  @Test
  void shouldGiveUniformPValuesWhenTheCheckpointIsTheBaseline() {
    assertUniform(SAME[0]);
    assertUniform(SAME[1]);
  }

  @Test
  void shouldGiveUniformPValuesWhenOnlyTheNoiseOfTheActivationsIsAnother() {
    assertUniform(OTHER_NOISE[0]);
    assertUniform(OTHER_NOISE[1]);
  }

  /** Of the ranking over all labels, and of that of the first label. */
  private static void count(int[][] counts, Fits baseline, Fits checkpoint) {
    counts[0][bin(baseline, checkpoint, s -> s.overall().similarity())]++;
    counts[1][bin(baseline, checkpoint, s -> s.labels()[0].similarity())]++;
  }

  private static int bin(
      Fits baseline, Fits checkpoint, ToDoubleFunction<ReplicateSimilarity> similarity) {
    List<ReplicateSimilarity> nulls = PlantedCheckpoints.nulls(baseline);
    double p =
        NoiseFloor.of(nulls.stream().mapToDouble(similarity).toArray())
            .pValue(similarity.applyAsDouble(PlantedCheckpoints.observed(baseline, checkpoint)));
    return (int) Math.round(p * (REPLICATES + 1)) - 1;
  }

  private static void assertUniform(int[] counts) {
    double expected = (double) CORPORA / counts.length;
    double chiSquare =
        IntStream.of(counts).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
    assertThat(chiSquare).as("%s", Arrays.toString(counts)).isLessThan(CRITICAL);
  }
}
