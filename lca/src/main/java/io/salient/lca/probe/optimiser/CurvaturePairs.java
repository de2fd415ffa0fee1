package io.salient.lca.probe.optimiser;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * What L-BFGS remembers of the curvature: the last steps s and the changes y of the gradient along
 * them, at most ten pairs (Nocedal, Math. Comp. 35, 1980). Vectors are float32, sums double.
 */
final class CurvaturePairs {
  private static final int MOST = 10;
  private static final int FEWEST = 3;

  /** The pairs of one concept take about this much memory at most, unless three are more. */
  private static final long BYTES = 1L << 30;

  /** Least curvature s y in units of y y; below it rounding is as likely as curvature. */
  private static final double LEAST_CURVATURE = 1e-10;

  private record Pair(float[] step, float[] change, double inverseCurvature) {}

  private final int most;
  private final Deque<Pair> pairs = new ArrayDeque<>();

  /**
   * Remembers nothing yet.
   *
   * @param length of the vectors
   */
  CurvaturePairs(int length) {
    long pairBytes = 2L * Float.BYTES * length;
    most = (int) Math.clamp(BYTES / pairBytes, (long) FEWEST, (long) MOST);
  }

  boolean isEmpty() {
    return pairs.isEmpty();
  }

  void clear() {
    pairs.clear();
  }

  /** Remembers a step between two points, unless the objective is not convex enough along it. */
  void remember(float[] from, float[] to, float[] gradientFrom, float[] gradientTo) {
    float[] step = new float[from.length];
    float[] change = new float[from.length];
    Vectors.each(
        step.length,
        (begin, end) -> {
          for (int i = begin; i < end; i++) {
            step[i] = to[i] - from[i];
            change[i] = gradientTo[i] - gradientFrom[i];
          }
        });
    double curvature = Vectors.dot(step, change);
    if (curvature > LEAST_CURVATURE * Vectors.dot(change, change)) {
      if (pairs.size() == most) {
        pairs.removeFirst();
      }
      pairs.addLast(new Pair(step, change, 1 / curvature));
    }
  }

  /** Minus the approximate inverse Hessian times a gradient: the two loops of L-BFGS. */
  float[] direction(float[] gradient) {
    float[] q = gradient.clone();
    double[] alpha = new double[pairs.size()];
    int k = pairs.size();
    for (Iterator<Pair> newest = pairs.descendingIterator(); newest.hasNext(); ) {
      Pair pair = newest.next();
      alpha[--k] = pair.inverseCurvature() * Vectors.dot(pair.step(), q);
      Vectors.add(q, -alpha[k], pair.change());
    }
    if (!pairs.isEmpty()) {
      Pair last = pairs.getLast();
      Vectors.scale(q, 1 / (last.inverseCurvature() * Vectors.dot(last.change(), last.change())));
    }
    for (Pair pair : pairs) {
      double beta = pair.inverseCurvature() * Vectors.dot(pair.change(), q);
      Vectors.add(q, alpha[k++] - beta, pair.step());
    }
    Vectors.scale(q, -1);
    return q;
  }
}
