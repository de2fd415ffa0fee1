package io.salient.lca.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Against scikit-learn 1.9.1, {@code sklearn.covariance.LedoitWolf}. */
class LedoitWolfTest {
  private static final int VARIABLES = 4;

  @Test
  void shouldBeWhatScikitLearnMakesOfFewWords() {
    double[][] covariance = LedoitWolf.covariance(words(12));

    assertThat(covariance[0])
        .containsExactly(new double[] {2.43925044, .05517485, .70189650, .68697215}, within(1e-8));
    assertThat(covariance[1])
        .containsExactly(new double[] {.05517485, 1.14083237, .28401482, .0153766}, within(1e-8));
    assertThat(covariance[3])
        .containsExactly(new double[] {.68697215, .0153766, .20441831, 1.48409232}, within(1e-8));
  }

  @Test
  void shouldBeWhatScikitLearnMakesOfFewerWordsThanVariables() {
    assertThat(LedoitWolf.covariance(words(3))[0])
        .containsExactly(new double[] {3.01583252, .83884106, 1.42348787, .61006623}, within(1e-8));
  }

  @Test
  void shouldLeaveManyWordsNearlyAsTheyAre() {
    double[][] covariance = LedoitWolf.covariance(words(300));

    assertThat(covariance[0])
        .containsExactly(new double[] {2.22984346, .2270378, .98817569, .76149999}, within(1e-8));
    assertThat(covariance[3][1]).isCloseTo(.5459915114128162, within(1e-12));
  }

  @Test
  void shouldMakeASmallClassNeitherNarrowerNorWider() {
    double[][] words = words(3);
    double[][] covariance = LedoitWolf.covariance(words);

    double trace = 0;
    double variances = 0;
    for (int j = 0; j < VARIABLES; j++) {
      trace += covariance[j][j];
      variances += Arrays.stream(words[j]).map(x -> x * x).sum() / 3;
    }
    assertThat(trace).isCloseTo(variances, within(1e-9));
  }

  @Test
  void shouldBearAClassOfOneWord() {
    assertThat(LedoitWolf.covariance(new double[][] {{0}, {0}}))
        .isDeepEqualTo(new double[][] {{0, 0}, {0, 0}});
  }

  private static double[][] words(int count) {
    double[][] words = new double[VARIABLES][count];
    for (int j = 0; j < VARIABLES; j++) {
      for (int i = 0; i < count; i++) {
        words[j][i] = (7 * i + 3 * j * j + i * i * (j + 1)) % 11 / 3.0 + i % 3;
      }
      double mean = Arrays.stream(words[j]).average().orElseThrow();
      words[j] = Arrays.stream(words[j]).map(x -> x - mean).toArray();
    }
    return words;
  }
}
