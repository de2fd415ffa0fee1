package io.salient.lca.probe.optimiser;

import java.util.Arrays;

/**
 * The quadratic model of loss and l2 penalty in some weights of one class, its working set, and its
 * bias, which comes last. Coordinate descent finds the model's minimum with the l1 penalty on top
 * (Friedman, Hastie and Tibshirani, Journal of Statistical Software 33, 2010); without that penalty
 * the minimum is solved for. Weights outside the working set keep their values.
 */
final class CurvatureBlock {
  /** Of the products between neurons: they are from a sample, and overrated by it. */
  private static final float OFF_DIAGONAL = 0.95f;

  /** Keeps a bias in its place whose class is certain on every word. */
  private static final float BIAS_RIDGE = 1e-5f;

  /** Of a neuron that never varies, where there is no l2 either. */
  private static final float LEAST_PIVOT = 1e-12f;

  private static final int MOST_SWEEPS = 150;

  private final int[] neurons;
  private final boolean[] contains;

  /** Once {@link #factorised}, the rows of U of the Cholesky factors U'U of it. */
  private final float[][] hessian;

  private boolean factorised;

  /**
   * From a matrix of second derivatives of the mean loss.
   *
   * @param neurons A of them, ascending
   * @param second at least (A + 1) x (A + 1), row-major: the neurons, then the bias; symmetric, of
   *     which the upper triangle is read
   * @param stride values from row to row
   */
  CurvatureBlock(int[] neurons, int width, float[] second, int stride, double l2) {
    this.neurons = neurons;
    contains = new boolean[width];
    for (int neuron : neurons) {
      contains[neuron] = true;
    }
    int size = neurons.length + 1;
    hessian = new float[size][];
    for (int i = 0; i < size; i++) {
      float[] row = Arrays.copyOfRange(second, i * stride, i * stride + size);
      for (int j = 0; j < i; j++) {
        row[j] = second[j * stride + i];
      }
      float diagonal = row[i];
      for (int j = 0; j < size; j++) {
        row[j] *= OFF_DIAGONAL;
      }
      row[i] = (float) (diagonal + (i < neurons.length ? 2 * l2 : BIAS_RIDGE));
      hessian[i] = row;
    }
  }

  int size() {
    return neurons.length;
  }

  /** How many zeros outside the working set have a gradient that l1 does not hold. */
  int missing(float[] gradient, double l1) {
    double limit = 1.02 * l1; // not for a hair's breadth
    int missing = 0;
    for (int d = 0; d < gradient.length; d++) {
      missing += Math.abs(gradient[d]) > limit && !contains[d] ? 1 : 0;
    }
    return missing;
  }

  /**
   * Sets the new W of a class to the minimum of its model around V.
   *
   * @param row whose gradient at V and scale are read
   * @param enough ends when a sweep is worth less than this
   */
  void minimise(ClassRow row, double l1, double enough) {
    int size = hessian.length;
    float scale = (float) row.scale;
    float[] slope = new float[size];
    float[] here = new float[size];
    for (int j = 0; j < neurons.length; j++) {
      slope[j] = row.gradient[neurons[j]] / scale;
      here[j] = row.from[neurons[j]];
    }
    slope[size - 1] = row.biasGradient / scale;
    here[size - 1] = row.fromBias;
    float[] firstSlope = slope.clone();
    float[] there = here.clone();
    if (l1 > 0) {
      descend(slope, there, (float) (l1 / scale), enough);
    } else {
      solve(slope, there);
    }
    double curvature = 0;
    for (int j = 0; j < size; j++) {
      curvature += ((double) there[j] - here[j]) * ((double) slope[j] - firstSlope[j]);
    }
    row.modelCurvature = curvature;
    row.next = row.from.clone();
    for (int j = 0; j < neurons.length; j++) {
      row.next[neurons[j]] = there[j];
    }
    row.nextBias = there[size - 1];
  }

  /** To where the slope vanishes. */
  private void solve(float[] slope, float[] at) {
    factorise();
    float[] step = slope.clone();
    for (int k = 0; k < step.length; k++) {
      step[k] /= hessian[k][k];
      add(step, -step[k], hessian[k], k + 1);
    }
    for (int k = step.length - 1; k >= 0; k--) {
      double sum = step[k];
      for (int j = k + 1; j < step.length; j++) {
        sum -= (double) hessian[k][j] * step[j];
      }
      step[k] = (float) (sum / hessian[k][k]);
    }
    for (int j = 0; j < step.length; j++) {
      at[j] -= step[j];
    }
    Arrays.fill(slope, 0);
  }

  private void factorise() {
    if (factorised) {
      return;
    }
    for (int k = 0; k < hessian.length; k++) {
      float[] row = hessian[k];
      float root = (float) Math.sqrt(Math.max(row[k], LEAST_PIVOT));
      for (int j = k; j < row.length; j++) {
        row[j] /= root;
      }
      row[k] = root;
      for (int j = k + 1; j < row.length; j++) {
        add(hessian[j], -row[j], row, j);
      }
    }
    factorised = true;
  }

  /** Full sweeps find what moves, sweeps over what is not zero move it. */
  private void descend(float[] slope, float[] at, float l1, double enough) {
    int[] active = new int[at.length];
    for (int sweep = 0; sweep < MOST_SWEEPS; ) {
      double worth = 0;
      int count = 0;
      for (int j = 0; j < at.length; j++) {
        worth += move(j, slope, at, l1);
        if (at[j] != 0) {
          active[count++] = j;
        }
      }
      sweep++;
      if (worth < enough) {
        return;
      }
      for (worth = Double.POSITIVE_INFINITY; sweep < MOST_SWEEPS && worth >= 0.3 * enough; ) {
        worth = 0;
        for (int i = 0; i < count; i++) {
          worth += move(active[i], slope, at, l1);
        }
        sweep++;
      }
    }
  }

  private double move(int j, float[] slope, float[] at, float l1) {
    float[] row = hessian[j];
    float curvature = row[j];
    float wanted = at[j] - slope[j] / curvature;
    float threshold = j < at.length - 1 ? l1 / curvature : 0;
    float to =
        wanted > threshold ? wanted - threshold : wanted < -threshold ? wanted + threshold : 0;
    float change = to - at[j];
    if (change == 0) {
      return 0;
    }
    at[j] = to;
    add(slope, change, row, 0);
    return (double) curvature * change * change;
  }

  /** Both with the same index, which is what the compiler makes vector instructions of. */
  private static void add(float[] to, float factor, float[] row, int first) {
    for (int k = first; k < row.length; k++) {
      to[k] += factor * row[k];
    }
  }
}
