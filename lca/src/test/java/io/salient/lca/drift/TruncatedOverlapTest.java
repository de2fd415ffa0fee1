package io.salient.lca.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TruncatedOverlapTest {
  @Property(tries = 100)
  void shouldEqualRankBiasedOverlapOfListsOfK(
      @ForAll @IntRange(min = 1, max = 60) int k, @ForAll long seed) {
    TruncatedOverlap overlap = TruncatedOverlap.ofFirst(k);
    int[] a = list(k, 2 * k, seed);
    int[] b = list(k, 2 * k, seed + 1);

    assertThat(overlap.similarity(a, b))
        .isCloseTo(RankSimilarity.rboOfFirst(a, b, RankSimilarity.persistence(k)), within(1e-12));
  }

  @Property(tries = 100)
  void shouldBeASimilarityOfListsOfAnyLength(
      @ForAll @IntRange(min = 1, max = 60) int k,
      @ForAll @IntRange(min = 0, max = 60) int lengthOfA,
      @ForAll @IntRange(min = 0, max = 60) int lengthOfB,
      @ForAll long seed) {
    TruncatedOverlap overlap = TruncatedOverlap.ofFirst(k);
    int[] a = list(Math.min(lengthOfA, k), 2 * k, seed);
    int[] b = list(Math.min(lengthOfB, k), 2 * k, seed + 1);

    assertThat(overlap.similarity(a, a)).isCloseTo(1, within(1e-12));
    assertThat(overlap.similarity(a, b))
        .isBetween(0.0, 1.0)
        .isCloseTo(overlap.similarity(b, a), within(1e-12));
  }

  @Property(tries = 50)
  void shouldGiveGramMatricesThatArePositiveSemiDefinite(
      @ForAll @IntRange(min = 1, max = 30) int k, @ForAll long seed) {
    // given: more lists than can be independent, of any length
    TruncatedOverlap overlap = TruncatedOverlap.ofFirst(k);
    Random random = new Random(seed);
    int[][] lists = new int[20][];
    for (int i = 0; i < lists.length; i++) {
      lists[i] = list(random.nextInt(k + 1), k + 5, seed + i);
    }

    // when
    double[][] gram = new double[lists.length][lists.length];
    for (int i = 0; i < lists.length; i++) {
      for (int j = 0; j < lists.length; j++) {
        gram[i][j] = overlap.similarity(lists[i], lists[j]);
      }
    }

    // then
    assertThat(hasCholeskyFactor(gram, 1e-9)).isTrue();
  }

  @Test
  void shouldSeeThatAMatrixIsNotPositiveSemiDefinite() {
    assertThat(hasCholeskyFactor(new double[][] {{1, .9, 0}, {.9, 1, .9}, {0, .9, 1}}, 1e-9))
        .isFalse();
  }

  @Test // persistence and tails of the reference at k = 20: .163456, .114210 and .019154
  void shouldWeighRanksAsTheReferenceDoes() {
    TruncatedOverlap overlap = TruncatedOverlap.ofFirst(20);

    assertThat(overlap.innerProduct(new int[] {7}, new int[] {7})).isCloseTo(.16345598, TO_8);
    assertThat(overlap.innerProduct(new int[] {7}, new int[] {1, 7})).isCloseTo(.11421014, TO_8);
    assertThat(overlap.innerProduct(list(20, 20, 1), list(20, 20, 1))).isCloseTo(1, TO_8);
  }

  private static final Offset<Double> TO_8 = within(5e-9);

  @Test
  void shouldTakeEmptyListsForAlike() {
    TruncatedOverlap overlap = TruncatedOverlap.ofFirst(5);

    assertThat(overlap.similarity(new int[0], new int[0])).isEqualTo(1);
    assertThat(overlap.similarity(new int[0], new int[] {3})).isZero();
    assertThat(overlap.similarity(new int[] {1, 2}, new int[] {3})).isZero();
  }

  @Test
  void shouldRefuseLongerLists() {
    assertThatThrownBy(
            () -> TruncatedOverlap.ofFirst(2).similarity(new int[] {1, 2, 3}, new int[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a list of 3, at most 2");
  }

  private static int[] list(int length, int width, long seed) {
    Random random = new Random(seed);
    int[] order = new int[Math.max(width, length)];
    Arrays.setAll(order, i -> i);
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return Arrays.copyOf(order, length);
  }

  /** Cholesky factor of a matrix whose eigenvalues were all raised a little. */
  private static boolean hasCholeskyFactor(double[][] matrix, double raised) {
    int n = matrix.length;
    double[][] factor = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j] + (i == j ? raised : 0);
        for (int l = 0; l < j; l++) {
          sum -= factor[i][l] * factor[j][l];
        }
        if (i == j && !(sum > 0)) {
          return false;
        }
        factor[i][j] = i == j ? Math.sqrt(sum) : sum / factor[j][j];
      }
    }
    return true;
  }
}
