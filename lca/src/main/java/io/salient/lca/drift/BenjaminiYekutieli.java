package io.salient.lca.drift;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which of several hypotheses are rejected when the expected share of wrong rejections among them
 * is to stay below a level, whatever the dependence of the tests (Benjamini and Yekutieli, Annals
 * of Statistics 29, 2001): those of the i smallest p-values, for the largest i with p_(i) &lt;= i
 * level / (m (1 + 1/2 + .. + 1/m)).
 */
final class BenjaminiYekutieli {
  private BenjaminiYekutieli() {}

  /**
   * Tests all.
   *
   * @param pValues 0 to 1, m of them
   * @param level false discovery rate, above 0 and below 1
   * @return by hypothesis, true when it is rejected
   */
  static boolean[] reject(double[] pValues, double level) {
    int m = pValues.length;
    double harmonic = IntStream.rangeClosed(1, m).mapToDouble(i -> 1.0 / i).sum();
    double[] sorted = pValues.clone();
    Arrays.sort(sorted);
    double threshold = -1;
    for (int i = 1; i <= m; i++) {
      if (sorted[i - 1] <= i * level / (m * harmonic)) {
        threshold = sorted[i - 1];
      }
    }
    boolean[] rejected = new boolean[m];
    for (int i = 0; i < m; i++) {
      rejected[i] = pValues[i] <= threshold;
    }
    return rejected;
  }
}
