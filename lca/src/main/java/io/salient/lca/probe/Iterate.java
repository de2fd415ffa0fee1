package io.salient.lca.probe;

/**
 * A point with the elastic-net objective there.
 *
 * @param point weights, then biases
 * @param gradient of mean loss and l2 penalty
 * @param step proximal-gradient step of size 1: prox(point - gradient) - point
 * @param objective mean loss with both penalties
 * @param relativeStep length of step over max(1, objective)
 */
record Iterate(
    float[] point, float[] gradient, float[] step, double objective, double relativeStep) {

  /**
   * From sums over words.
   *
   * @param penalised number of weights
   */
  static Iterate of(
      float[] point, ElasticNet.Sums sums, int words, int penalised, FitSettings settings) {
    float[] gradient = new float[point.length];
    float[] step = new float[point.length];
    double[] of = sums.gradient();
    double penalties =
        Vectors.sum(
            point.length,
            (from, to) -> {
              double sum = 0;
              for (int i = from; i < to; i++) {
                double w = i < penalised ? point[i] : 0;
                double slope = of[i] / words + 2 * settings.l2() * w;
                gradient[i] = (float) slope;
                double moved = point[i] - slope;
                double l1 = i < penalised ? settings.l1() : 0;
                step[i] = (float) (moved - Math.clamp(moved, -l1, l1) - point[i]);
                sum += settings.l1() * Math.abs(w) + settings.l2() * w * w;
              }
              return sum;
            });
    double objective = sums.loss() / words + penalties;
    double length = Math.sqrt(Vectors.dot(step, step));
    return new Iterate(point, gradient, step, objective, length / Math.max(1, objective));
  }

  boolean finite() {
    return Double.isFinite(objective) && Double.isFinite(relativeStep);
  }
}
