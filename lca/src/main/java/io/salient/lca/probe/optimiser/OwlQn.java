package io.salient.lca.probe.optimiser;

import java.util.Arrays;

/**
 * Orthant-wise limited-memory quasi-Newton (Andrew and Gao, ICML 2007) for one concept: minimises
 * loss(W, b) + l2 ||W||_F^2 + l1 ||W||_1 with exact zeros, or NeuroX's objective, in which the norm
 * is not squared (see {@link Penalty}). Without l1 there are no orthants to keep to, and it is
 * plain L-BFGS. Vectors are float32, sums double.
 */
final class OwlQn {
  private static final double SUFFICIENT_DECREASE = 1e-4;
  private static final double BACKTRACK = 0.5;
  private static final int MOST_HALVINGS = 25;

  private final Objective of;
  private final int maxEvaluations;
  private double tolerance;
  private final int penalised;
  private final float l1;
  private final CurvaturePairs pairs;

  private float[] point;
  private float[] current;
  private double currentSquares;
  private boolean zeroIsNext;
  private float[] gradient;
  private float[] steepest;
  private float[] direction;
  private double objective = Double.NaN;
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
   * @param tolerance of the relative step
   */
  OwlQn(float[] start, int penalised, Objective of, double tolerance, int maxEvaluations) {
    this.point = start;
    this.penalised = penalised;
    this.of = of;
    this.tolerance = tolerance;
    this.maxEvaluations = maxEvaluations;
    this.l1 = (float) of.l1();
    this.pairs = new CurvaturePairs(start.length);
  }

  float[] point() {
    return finished ? current : point;
  }

  boolean finished() {
    return finished;
  }

  boolean finite() {
    return Double.isFinite(objective) && Double.isFinite(relativeStep);
  }

  /** Goes on after its end to a smaller relative step. */
  void goOn(double newTolerance) {
    tolerance = newTolerance;
    finished = evaluations >= maxEvaluations || !finite();
    if (!finished) {
      search();
    }
  }

  /** True when it can go on. */
  boolean canGoOn() {
    return evaluations < maxEvaluations && finite() && relativeStep <= tolerance;
  }

  double tolerance() {
    return tolerance;
  }

  /** How near it came; it knows no bound of its own. */
  Certificate certificate(int allEvaluations) {
    return new Certificate(
        objective,
        Double.POSITIVE_INFINITY,
        relativeStep,
        allEvaluations,
        relativeStep <= tolerance);
  }

  /** Of the mean loss and of the smooth penalty where it ended, by class; null before any. */
  float[][] gradient(int classes) {
    if (gradient == null) {
      return null;
    }
    int width = penalised / classes;
    float[][] rows = new float[classes][];
    for (int c = 0; c < classes; c++) {
      rows[c] = Arrays.copyOfRange(gradient, c * width, (c + 1) * width);
    }
    return rows;
  }

  void observe(SoftmaxLoss.Sums sums, int words) {
    evaluations++;
    double squares = squares(point);
    double value = sums.loss() / words + penalties(squares);
    if (current == null) {
      accept(value, squares, meanGradient(sums.gradient(), words, squares));
    } else if (value <= objective + SUFFICIENT_DECREASE * expectedChange()) {
      float[] next = meanGradient(sums.gradient(), words, squares);
      if (slopeIsContinuous(currentSquares, squares)) {
        pairs.remember(current, point, gradient, next);
      }
      accept(value, squares, next);
    } else if (++halvings > MOST_HALVINGS) {
      restart();
    } else {
      stepLength *= BACKTRACK;
      move();
    }
    finished |= evaluations >= maxEvaluations;
  }

  /** No step goes down: the remembered curvature is to blame, or rounding is all that is left. */
  private void restart() {
    if (pairs.isEmpty()) {
      finished = true;
    } else {
      pairs.clear();
      search();
    }
  }

  private double penalties(double squares) {
    float[] w = point;
    double absolute =
        Vectors.sum(
            penalised,
            (from, to) -> {
              double sum = 0;
              for (int i = from; i < to; i++) {
                sum += Math.abs(w[i]);
              }
              return sum;
            });
    return of.l1() * absolute + of.penalty().value(of.l2(), squares);
  }

  /** Sum of the squared weights of a point. */
  private double squares(float[] w) {
    return Vectors.sum(
        penalised,
        (from, to) -> {
          double sum = 0;
          for (int i = from; i < to; i++) {
            sum += (double) w[i] * w[i];
          }
          return sum;
        });
  }

  /** False when a step leaves or meets the one point where NeuroX's norm has no gradient. */
  private boolean slopeIsContinuous(double before, double after) {
    return of.penalty() == Penalty.ELASTIC_NET || (before == 0) == (after == 0);
  }

  /** Gradient of everything but the l1 penalty, at the point; of the loss alone where W = 0. */
  private float[] meanGradient(float[] sums, int words, double squares) {
    float[] mean = new float[sums.length];
    float[] w = point;
    double share = 1.0 / words;
    double slope = of.penalty().slope(of.l2(), squares);
    Vectors.each(
        mean.length,
        (from, to) -> {
          int weights = Math.clamp(penalised, from, to);
          for (int i = from; i < weights; i++) {
            mean[i] = (float) (sums[i] * share + slope * w[i]);
          }
          for (int i = weights; i < to; i++) {
            mean[i] = (float) (sums[i] * share);
          }
        });
    return mean;
  }

  private void accept(double value, double squares, float[] newGradient) {
    current = point;
    currentSquares = squares;
    gradient = newGradient;
    objective = value;
    relativeStep = proximalStep() / Math.max(1, value);
    if (relativeStep <= tolerance || !finite()) {
      finished = true;
    } else {
      search();
    }
  }

  /**
   * Norm of prox(x - g) - x: zero exactly at the optimum. The squared penalty belongs to g; the
   * norm itself to prox, which then shrinks each weight by l1 and after that all weights, as one
   * vector, by l2.
   */
  private double proximalStep() {
    boolean byNorm = of.penalty() == Penalty.NEUROX;
    double slope = byNorm ? of.penalty().slope(of.l2(), currentSquares) : 0;
    double length = byNorm ? Math.sqrt(squaresAfterShrinking(slope)) : 1;
    double factor = byNorm ? Math.max(0, 1 - of.l2() / Math.max(length, 1e-300)) : 1;
    zeroIsNext = byNorm && factor == 0 && currentSquares > 0;
    return Math.sqrt(
        Vectors.sum(
            current.length,
            (from, to) -> {
              double sum = 0;
              for (int i = from; i < to; i++) {
                double next =
                    i < penalised ? factor * shrunk(i, slope) : (double) current[i] - gradient[i];
                double step = next - current[i];
                sum += step * step;
              }
              return sum;
            }));
  }

  private double squaresAfterShrinking(double slope) {
    return Vectors.sum(
        penalised,
        (from, to) -> {
          double sum = 0;
          for (int i = from; i < to; i++) {
            double shrunk = shrunk(i, slope);
            sum += shrunk * shrunk;
          }
          return sum;
        });
  }

  /**
   * A weight after a step against the gradient, less slope times the weight, and l1's shrinking.
   */
  private double shrunk(int i, double slope) {
    double moved = current[i] - (gradient[i] - slope * current[i]);
    return moved - Math.clamp(moved, -of.l1(), of.l1());
  }

  /** Starts a line search from the current point. */
  private void search() {
    steepest = pseudoGradient();
    if (zeroIsNext) {
      direction = towardsZero();
      stepLength = 1;
    } else {
      direction = pairs.direction(steepest);
      if (l1 > 0) {
        keepDescending();
      }
      stepLength =
          pairs.isEmpty() ? 1 / Math.max(1e-12, Math.sqrt(Vectors.dot(steepest, steepest))) : 1;
    }
    halvings = 0;
    move();
  }

  /** A weight moves only where the direction agrees with steepest descent. */
  private void keepDescending() {
    Vectors.each(
        direction.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            direction[i] = direction[i] * steepest[i] < 0 ? direction[i] : 0;
          }
        });
  }

  /** The proximal step ends at W = 0, which a search along a curve of its own would never meet. */
  private float[] towardsZero() {
    float[] minus = new float[current.length];
    Vectors.each(
        penalised,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            minus[i] = -current[i];
          }
        });
    return minus;
  }

  /** The sub-gradient of least norm. */
  private float[] pseudoGradient() {
    float[] sub = gradient.clone();
    Vectors.each(
        penalised,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            float w = current[i];
            float g = gradient[i];
            float atZero = g - Math.max(-l1, Math.min(l1, g));
            sub[i] = w == 0 ? atZero : w > 0 ? g + l1 : g - l1;
          }
        });
    if (of.penalty() == Penalty.NEUROX && currentSquares == 0) {
      holdBack(sub);
    }
    return sub;
  }

  /**
   * At W = 0 the norm's sub-gradients are a ball of radius l2: it takes that much of the length.
   */
  private void holdBack(float[] sub) {
    double length = Math.sqrt(squares(sub));
    float factor = (float) (length > of.l2() ? 1 - of.l2() / length : 0);
    Vectors.each(
        penalised,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            sub[i] *= factor;
          }
        });
  }

  /** Sets the point at the step length; where there is l1, in the orthant of the current one. */
  private void move() {
    float[] next = new float[current.length];
    float length = (float) stepLength;
    Vectors.each(
        next.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            float moved = current[i] + length * direction[i];
            float orthant = current[i] != 0 ? current[i] : -steepest[i];
            next[i] = l1 == 0 || i >= penalised || sameSign(moved, orthant) ? moved : 0;
          }
        });
    point = next;
  }

  private static boolean sameSign(float x, float y) {
    return x > 0 ? y > 0 : x < 0 && y < 0;
  }

  /** Change of the objective from the current point to the next, to first order. */
  private double expectedChange() {
    return Vectors.sum(
        point.length,
        (from, to) -> {
          double sum = 0;
          for (int i = from; i < to; i++) {
            sum += (double) steepest[i] * ((double) point[i] - current[i]);
          }
          return sum;
        });
  }
}
