package io.salient.lca.ranking;

/**
 * Covariances of few words, drawn towards a common variance by as much as their own noise asks for
 * (Ledoit and Wolf, "A well-conditioned estimator for large-dimensional covariance matrices",
 * Journal of Multivariate Analysis 88, 2004): (1 - s) C + s mu I, C the covariance about the mean,
 * divided by the number of words n, mu its mean variance, and s = min(b, d) / d with d the mean
 * square of C - mu I and b that of the error of C. For many words s goes to 0. The trace stays what
 * it is, whatever n: a small class gets no narrower and no wider by it.
 */
final class LedoitWolf {
  private LedoitWolf() {}

  /**
   * The shrunk covariance.
   *
   * @param centered values less their mean, by variable and word; at least one of each
   * @return variable x variable
   */
  static double[][] covariance(double[][] centered) {
    int p = centered.length;
    int n = centered[0].length;
    double[][] covariance = new double[p][p];
    double trace = 0;
    double squares = 0;
    double fourths = 0;
    for (int a = 0; a < p; a++) {
      for (int b = 0; b <= a; b++) {
        double sum = 0;
        double fourth = 0;
        for (int i = 0; i < n; i++) {
          double product = centered[a][i] * centered[b][i];
          sum += product;
          fourth += product * product;
        }
        covariance[a][b] = sum / n;
        covariance[b][a] = sum / n;
        int times = a == b ? 1 : 2;
        squares += times * covariance[a][b] * covariance[a][b];
        fourths += times * fourth / n;
      }
      trace += covariance[a][a];
    }
    shrink(covariance, trace / p, shrinkage(trace, squares, fourths, p, n));
    return covariance;
  }

  /** s, 0 to 1; 0 where C is a multiple of the unit matrix already. */
  private static double shrinkage(double trace, double squares, double fourths, int p, int n) {
    double mu = trace / p;
    double distance = (squares - 2 * mu * trace + p * mu * mu) / p;
    double error = Math.min((fourths - squares) / n / p, distance);
    return error <= 0 ? 0 : error / distance;
  }

  private static void shrink(double[][] covariance, double mu, double s) {
    for (int a = 0; a < covariance.length; a++) {
      for (int b = 0; b < covariance.length; b++) {
        covariance[a][b] = (1 - s) * covariance[a][b] + (a == b ? s * mu : 0);
      }
    }
  }
}
