package io.salient.lca.evaluation;

/**
 * The nearest sequence, by squares, that never falls: neighbours that fall are replaced by their
 * mean until none do (pool adjacent violators; Ayer et al., Annals of Mathematical Statistics 26,
 * 1955).
 */
final class IsotonicRegression {
  private IsotonicRegression() {}

  /** Smooths values that are measured equally well. */
  static double[] neverFalling(double[] values) {
    double[] sums = new double[values.length];
    int[] counts = new int[values.length];
    int blocks = 0;
    for (double value : values) {
      sums[blocks] = value;
      counts[blocks] = 1;
      while (blocks > 0 && falls(sums, counts, blocks)) {
        sums[blocks - 1] += sums[blocks];
        counts[blocks - 1] += counts[blocks];
        blocks--;
      }
      blocks++;
    }
    double[] smooth = new double[values.length];
    int next = 0;
    for (int block = 0; block < blocks; block++) {
      for (int i = 0; i < counts[block]; i++) {
        smooth[next++] = sums[block] / counts[block];
      }
    }
    return smooth;
  }

  private static boolean falls(double[] sums, int[] counts, int block) {
    return sums[block - 1] / counts[block - 1] >= sums[block] / counts[block];
  }
}
