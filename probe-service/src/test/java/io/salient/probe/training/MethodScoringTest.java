package io.salient.probe.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.lca.ActivationMatrix;
import io.salient.lca.Split;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.FitProgress;
import io.salient.lca.probe.FitResult;
import io.salient.lca.probe.FitSettings;
import io.salient.lca.ranking.RankingMethod;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class MethodScoringTest {
  private static final int WORDS = 400;
  private static final int WIDTH = 12;

  private final Random random = new Random(5);
  private final int[] codes = random.ints(WORDS, 0, 2).toArray();
  private final float[][] values = new float[WORDS][WIDTH];
  private final ConceptLabels concept = new ConceptLabels("planted", List.of("A", "B", "C"), codes);

  MethodScoringTest() {
    for (int i = 0; i < WORDS; i++) {
      for (int d = 0; d < WIDTH; d++) {
        values[i][d] = (float) random.nextGaussian();
      }
      values[i][codes[i] == 0 ? 4 : 9] += 8; // neuron 4 for A, 9 for B; no word is C
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RankingMethod.class,
      mode = Mode.EXCLUDE,
      names = {"LCA", "CONTRIBUTION", "NEUROX"})
  void shouldGiveEveryLabelThatOccursARowOfScores(RankingMethod method) {
    // when
    FitResult.Fitted result = (FitResult.Fitted) score(method, concept);

    // then
    float[][] rows = result.probe().weights();
    assertThat(rows[2]).isNull();
    for (int label = 0; label < 2; label++) {
      float[] row = rows[label];
      int strongest =
          IntStream.range(0, WIDTH)
              .reduce(0, (a, b) -> Math.abs(row[b]) > Math.abs(row[a]) ? b : a);
      assertThat(strongest).isIn(4, 9);
    }
    assertThat(result.evaluation().accuracy()).isEmpty();
    assertThat(result.evaluation().trainWords()).isEqualTo(WORDS * 3 / 4);
    assertThat(result.evaluation().labels().get(2).rare()).isTrue();
  }

  @Test
  void shouldSayWhyNothingIsRanked() {
    ConceptLabels single = new ConceptLabels("single", List.of("all"), new int[WORDS]);
    FitResult result = score(RankingMethod.PROBELESS, single);
    assertThat(result).isInstanceOf(FitResult.Unfittable.class);
    assertThat(((FitResult.Unfittable) result).message()).contains("single", "1 labels");
  }

  /** Weights that are not finite are refused by whoever reads them, and never would come. */
  @Test
  void shouldRankNothingWhereScoresOverflow() {
    // given
    for (int i = 0; i < WORDS; i++) {
      values[i][0] = codes[i] == 0 ? Float.MAX_VALUE : -Float.MAX_VALUE;
    }

    // when
    FitResult result = score(RankingMethod.PROBELESS, concept, FitSettings.defaults());
    FitResult raw =
        score(RankingMethod.PROBELESS, concept, FitSettings.defaults().withStandardize(false));

    // then
    assertThat(result).isInstanceOf(FitResult.Fitted.class);
    assertThat(raw)
        .isInstanceOfSatisfying(
            FitResult.Unfittable.class,
            unfittable -> {
              assertThat(unfittable.reason()).isEqualTo(FitResult.Reason.NOT_FINITE);
              assertThat(unfittable.message()).contains("planted", "probeless");
            });
  }

  private FitResult score(RankingMethod method, ConceptLabels of) {
    return score(method, of, FitSettings.defaults());
  }

  private FitResult score(RankingMethod method, ConceptLabels of, FitSettings settings) {
    byte[] parts = new byte[WORDS];
    for (int i = 0; i < WORDS; i++) {
      parts[i] = i % 4 == 3 ? Split.TEST : Split.TRAIN;
    }
    try (Arena arena = Arena.ofShared()) {
      return new MethodScoring(method, settings)
          .of(
              matrix(),
              IntStream.range(0, WORDS).toArray(),
              Split.of(parts),
              List.of(of),
              bytes -> arena.allocate(bytes, 64),
              FitProgress.NONE)
          .getFirst();
    }
  }

  private ActivationMatrix matrix() {
    return new ActivationMatrix() {
      @Override
      public int rows() {
        return WORDS;
      }

      @Override
      public int width() {
        return WIDTH;
      }

      @Override
      public void read(int row, MemorySegment target) {
        MemorySegment.copy(values[row], 0, target, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, WIDTH);
      }
    };
  }
}
