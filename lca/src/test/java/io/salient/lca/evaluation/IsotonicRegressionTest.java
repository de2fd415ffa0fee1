package io.salient.lca.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Against scikit-learn 1.9.1, {@code sklearn.isotonic.IsotonicRegression}. */
class IsotonicRegressionTest {
  @Test
  void shouldBeWhatScikitLearnMakesOfIt() {
    double[] values = {.50, .62, .60, .71, .70, .69, .83, .82, .90, .895, .91};

    assertThat(IsotonicRegression.neverFalling(values))
        .containsExactly(
            new double[] {.5, .61, .61, .7, .7, .7, .825, .825, .8975, .8975, .91}, within(1e-12));
  }

  @Test
  void shouldTakeTheMeanWhereAllFall() {
    assertThat(IsotonicRegression.neverFalling(new double[] {.9, .8, .7}))
        .containsExactly(new double[] {.8, .8, .8}, within(1e-12));
  }

  @Test
  void shouldLeaveWhatNeverFalls() {
    assertThat(IsotonicRegression.neverFalling(new double[] {.1, .1, .4}))
        .containsExactly(.1, .1, .4);
    assertThat(IsotonicRegression.neverFalling(new double[0])).isEmpty();
  }
}
