package io.salient.lca.probe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Orthant-wise limited-memory quasi-Newton (Andrew and Gao, ICML 2007) for one concept: minimises
 * smooth(W, b) + l2 ||W||_F^2 + l1 ||W||_1 with exact zeros. It asks for evaluations instead of
 * making them, so that many concepts can share one matrix product: evaluate loss and gradient at
 * {@link #point}, {@link #observe} them, until {@link #finished}.
 *
 * <p>Parameters are one vector: C x D weights, row-major, then C biases, which no penalty touches.
 */
final class OwlQn {
  private static final int MEMORY = 10;
  private static final double SUFFICIENT_DECREASE = 1e-4;
  private static final double BACKTRACK = 0.5;
  private static final int MOST_HALVINGS = 30;

  private record Pair(float[] step, float[] change, double inverseCurvature) {}

  private final FitSettings settings;
  private final int penalised;
  private final Deque<Pair> memory = new ArrayDeque<>();

  private float[] point;
  private float[] current;
  private float[] gradient;
  private float[] direction;
  private float[] pseudo;
  private float[] orthant;
  private double objective;
  private double stepLength;
  private int halvings;
  private int evaluations;
  private double relativeStep = Double.POSITIVE_INFINITY;
  private boolean finished;

  /**
   * Starts at a point.
   *
   * @param start C x D weights and C biases; owned from now on
   * @param penalised C x D
   */
  OwlQn(float[] start, int penalised, FitSettings settings) {
    this.point = start;
    this.penalised = penalised;
    this.settings = settings;
  }

  /** Where loss and gradient are wanted next; after the end, the solution. */
  float[] point() {
    return finished ? current : point;
  }

  boolean finished() {
    return finished;
  }

  Certificate certificate() {
    return new Certificate(
        objective, relativeStep, evaluations, relativeStep <= settings.tolerance());
  }

  /**
   * Takes loss and gradient at {@link #point}.
   *
   * @param loss mean cross-entropy, without penalties
   * @param lossGradient its gradient; owned from now on
   */
  void observe(double loss, float[] lossGradient) {
    evaluations++;
    double value = loss + addPenalties(lossGradient);
    if (current == null) {
      accept(value, lossGradient);
    } else if (value <= objective + SUFFICIENT_DECREASE * slopeTo(point)) {
      remember(lossGradient);
      accept(value, lossGradient);
    } else if (++halvings > MOST_HALVINGS) {
      giveUp();
    } else {
      stepLength *= BACKTRACK;
      point = trial();
    }
    if (!finished && evaluations >= settings.maxEvaluations()) {
      finished = true;
    }
  }

  /**
   * No step goes down: with a memory, its curvature is to blame; without, rounding is all that is
   * left.
   */
  private void giveUp() {
    if (memory.isEmpty()) {
      finished = true;
      return;
    }
    memory.clear();
    search();
  }

  /** Adds the gradient of l2 ||W||^2 and returns both penalties at the point. */
  private double addPenalties(float[] lossGradient) {
    double square = 0;
    double absolute = 0;
    float twice = (float) (2 * settings.l2());
    for (int i = 0; i < penalised; i++) {
      float w = point[i];
      square += (double) w * w;
      absolute += Math.abs(w);
      lossGradient[i] += twice * w;
    }
    return settings.l2() * square + settings.l1() * absolute;
  }

  private void accept(double value, float[] newGradient) {
    current = point;
    gradient = newGradient;
    objective = value;
    relativeStep = proximalStep() / Math.max(1, value);
    if (relativeStep <= settings.tolerance()) {
      finished = true;
    } else {
      search();
    }
  }

  /** Norm of prox(x - g) - x: zero exactly at the optimum. */
  private double proximalStep() {
    double sum = 0;
    double l1 = settings.l1();
    for (int i = 0; i < current.length; i++) {
      double moved = (double) current[i] - gradient[i];
      double shrunk =
          i < penalised ? Math.signum(moved) * Math.max(0, Math.abs(moved) - l1) : moved;
      double step = shrunk - current[i];
      sum += step * step;
    }
    return Math.sqrt(sum);
  }

  /** Starts a line search from the current point. */
  private void search() {
    float[] steepest = pseudoGradient();
    direction = quasiNewton(steepest);
    orthant = new float[current.length];
    for (int i = 0; i < direction.length; i++) {
      if (direction[i] * steepest[i] >= 0) {
        direction[i] = 0; // only where it agrees with steepest descent
      }
      orthant[i] = current[i] != 0 ? Math.signum(current[i]) : -Math.signum(steepest[i]);
    }
    pseudo = steepest;
    stepLength = memory.isEmpty() ? 1 / Math.max(1e-12, norm(steepest)) : 1;
    halvings = 0;
    point = trial();
  }

  /** The sub-gradient of least norm. */
  private float[] pseudoGradient() {
    float l1 = (float) settings.l1();
    float[] sub = gradient.clone();
    for (int i = 0; i < penalised; i++) {
      float w = current[i];
      float g = gradient[i];
      if (w != 0) {
        sub[i] = g + Math.signum(w) * l1;
      } else {
        sub[i] = g + l1 < 0 ? g + l1 : g - l1 > 0 ? g - l1 : 0;
      }
    }
    return sub;
  }

  /**
   * Minus the inverse Hessian times the pseudo-gradient, by the two loops over the remembered
   * pairs.
   */
  private float[] quasiNewton(float[] steepest) {
    float[] q = steepest.clone();
    double[] alpha = new double[memory.size()];
    int k = memory.size();
    for (Iterator<Pair> newest = memory.descendingIterator(); newest.hasNext(); ) {
      Pair pair = newest.next();
      alpha[--k] = pair.inverseCurvature() * dot(pair.step(), q);
      add(q, -alpha[k], pair.change());
    }
    if (!memory.isEmpty()) {
      Pair last = memory.getLast();
      scale(q, 1 / (last.inverseCurvature() * dot(last.change(), last.change())));
    }
    for (Pair pair : memory) {
      double beta = pair.inverseCurvature() * dot(pair.change(), q);
      add(q, alpha[k++] - beta, pair.step());
    }
    scale(q, -1);
    return q;
  }

  /** The point at the step length, kept in its orthant. */
  private float[] trial() {
    float[] next = new float[current.length];
    float length = (float) stepLength;
    for (int i = 0; i < next.length; i++) {
      float moved = current[i] + length * direction[i];
      next[i] = i >= penalised || moved * orthant[i] > 0 ? moved : 0;
    }
    return next;
  }

  /** Expected change of the objective from the current point to another. */
  private double slopeTo(float[] other) {
    double sum = 0;
    for (int i = 0; i < other.length; i++) {
      sum += (double) pseudo[i] * ((double) other[i] - current[i]);
    }
    return sum;
  }

  private void remember(float[] newGradient) {
    float[] step = new float[current.length];
    float[] change = new float[current.length];
    for (int i = 0; i < step.length; i++) {
      step[i] = point[i] - current[i];
      change[i] = newGradient[i] - gradient[i];
    }
    double curvature = dot(step, change);
    if (curvature > 1e-10 * dot(change, change) && curvature > 0) {
      if (memory.size() == MEMORY) {
        memory.removeFirst();
      }
      memory.addLast(new Pair(step, change, 1 / curvature));
    }
  }

  private static double norm(float[] x) {
    return Math.sqrt(dot(x, x));
  }

  /** Four partial sums, which the processor adds side by side. */
  private static double dot(float[] x, float[] y) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < x.length; i += 4) {
      a += (double) x[i] * y[i];
      b += (double) x[i + 1] * y[i + 1];
      c += (double) x[i + 2] * y[i + 2];
      d += (double) x[i + 3] * y[i + 3];
    }
    for (; i < x.length; i++) {
      a += (double) x[i] * y[i];
    }
    return a + b + c + d;
  }

  private static void add(float[] x, double factor, float[] y) {
    float f = (float) factor;
    for (int i = 0; i < x.length; i++) {
      x[i] += f * y[i];
    }
  }

  private static void scale(float[] x, double factor) {
    float f = (float) factor;
    for (int i = 0; i < x.length; i++) {
      x[i] *= f;
    }
  }
}
