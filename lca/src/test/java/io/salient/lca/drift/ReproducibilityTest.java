package io.salient.lca.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.salient.lca.LayerMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReproducibilityTest {
  private static final int K = 10;
  private static final int[] LIST = IntStream.range(0, K).toArray();
  private static final int[] OTHER = IntStream.range(K, 2 * K).toArray();
  private static final int[] MIXED = {0, 11, 2, 13, 4, 15, 6, 17, 8, 19};

  @Test
  void shouldBeTheMeanSimilarityOfTheHalvesOfEachSplit() {
    TruncatedOverlap overlap = TruncatedOverlap.ofFirst(K);

    Reproducibility found =
        Reproducibility.of(halves(true, pair(LIST, LIST), pair(LIST, OTHER), pair(LIST, MIXED)))
            .orElseThrow();

    assertThat(found.mean()).isCloseTo((1 + overlap.similarity(LIST, MIXED)) / 3, within(1e-12));
    assertThat(found.splits()).isEqualTo(3);
    assertThat(found.k()).isEqualTo(K);
  }

  @Test
  void shouldBeUnknownWithoutCertificatesOrRankedNeurons() {
    assertThat(Reproducibility.of(halves(false, pair(LIST, LIST)))).isEmpty();
    assertThat(Reproducibility.of(halves(true, pair(new int[0], new int[0])))).isEmpty();
    assertThat(Reproducibility.of(halves(true, pair(LIST, new int[0]))).orElseThrow().mean())
        .isZero();
  }

  private static ReplicateHalves halves(boolean certified, ReplicateHalves.Pair... pairs) {
    return new ReplicateHalves(
        new LayerMap(2, 16), List.of("A", "B"), K, 100, certified, List.of(pairs));
  }

  private static ReplicateHalves.Pair pair(int[] first, int[] second) {
    return new ReplicateHalves.Pair(
        new HalfRanking(first, new int[2][]), new HalfRanking(second, new int[2][]));
  }
}
