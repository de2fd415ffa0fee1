package io.salient.lca.probe;

/**
 * The quadratic model of the loss in some weights and the bias of one class. The bias, which no
 * penalty touches, is eliminated (Schur complement), and coordinate descent finds the model's
 * minimum with the penalties on top (Friedman, Hastie and Tibshirani, Journal of Statistical
 * Software 33, 2010).
 */
final class CurvatureBlock {
  private static final int SWEEPS = 10;

  /** Added to the diagonal, relative to its mean: collinear neurons make the model flat. */
  private static final double RIDGE = 1e-6;

  private static final double LEAST = 1e-12;

  private final int[] neurons;
  private final float[][] hessian;
  private final float[] coupling;
  private final double biasCurvature;

  /**
   * From a matrix of second derivatives.
   *
   * @param neurons A of them, ascending
   * @param second at least (A + 1) x (A + 1), row-major: the neurons, then the bias, then what does
   *     not matter
   * @param stride values from row to row
   */
  CurvatureBlock(int[] neurons, float[] second, int stride) {
    this.neurons = neurons;
    int size = neurons.length;
    biasCurvature = second[size * stride + size] + LEAST;
    coupling = new float[size];
    System.arraycopy(second, size * stride, coupling, 0, size);
    hessian = new float[size][size];
    double trace = 0;
    for (int i = 0; i < size; i++) {
      double factor = coupling[i] / biasCurvature;
      for (int j = 0; j < size; j++) {
        hessian[i][j] = (float) (second[i * stride + j] - factor * coupling[j]);
      }
      trace += second[i * stride + i];
    }
    float ridge = (float) (RIDGE * trace / Math.max(1, size) + LEAST);
    for (int i = 0; i < size; i++) {
      hessian[i][i] = Math.max(0, hessian[i][i]) + ridge;
    }
  }

  int[] neurons() {
    return neurons;
  }

  /**
   * Moves the class's weights and its bias to the minimum of the model plus penalties.
   *
   * @param point where the model touches the objective; not changed
   * @param gradient of loss and l2 penalty there
   * @param weights position of the class's first weight
   * @param bias position of its bias
   * @param damping what the curvature of the loss is multiplied by
   * @param enough ends when no weight's move is worth more than this
   * @param next a copy of point; gets the new values
   */
  void minimise(
      float[] point,
      float[] gradient,
      int weights,
      int bias,
      FitSettings settings,
      double damping,
      double enough,
      float[] next) {
    int size = neurons.length;
    float[] moved = new float[size];
    float[] product = new float[size]; // hessian x moved
    double ofBias = gradient[bias] / biasCurvature;
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      double best = 0;
      for (int j = 0; j < size; j++) {
        int at = weights + neurons[j];
        double curvature = damping * hessian[j][j] + 2 * settings.l2();
        double slope =
            gradient[at]
                - coupling[j] * ofBias
                + damping * product[j]
                + 2 * settings.l2() * moved[j];
        double here = (double) point[at] + moved[j];
        float change = (float) (shrunk(here - slope / curvature, settings.l1() / curvature) - here);
        if (change != 0) {
          moved[j] += change;
          add(product, change, hessian[j]);
          best = Math.max(best, curvature * change * change);
        }
      }
      if (best <= enough) {
        break;
      }
    }
    apply(point, moved, weights, next);
    next[bias] = (float) (point[bias] - ofBias / damping - dot(moved) / biasCurvature);
  }

  private static double shrunk(double value, double by) {
    return value - Math.clamp(value, -by, by);
  }

  /** Both with the same index, which is what the compiler makes vector instructions of. */
  private static void add(float[] product, float change, float[] row) {
    for (int k = 0; k < row.length; k++) {
      product[k] += change * row[k];
    }
  }

  private double dot(float[] moved) {
    double sum = 0;
    for (int j = 0; j < moved.length; j++) {
      sum += (double) coupling[j] * moved[j];
    }
    return sum;
  }

  /** A weight that coordinate descent took to zero is exactly zero. */
  private void apply(float[] point, float[] moved, int weights, float[] next) {
    for (int j = 0; j < moved.length; j++) {
      int at = weights + neurons[j];
      next[at] = point[at] + moved[j];
    }
  }
}
