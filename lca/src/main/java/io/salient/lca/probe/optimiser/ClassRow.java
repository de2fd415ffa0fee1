package io.salient.lca.probe.optimiser;

/**
 * One class on its way: its weights at W, at V, from which the next step is taken, and at the
 * minimum of the model around V, the new W. Zeros are exact.
 */
final class ClassRow {
  /** What the measured curvature is multiplied by at first: other classes move too. */
  private static final float FIRST_SCALE = 1.3f;

  private static final double LEAST_SCALE = 0.5;
  private static final double LEAST_CURVATURE = 1e-12;

  float[] weights;
  float bias;
  float[] from;
  float fromBias;
  float[] next;
  float nextBias;

  /** Of loss and l2 penalty at V, mean over words. */
  float[] gradient;

  float biasGradient;

  /** The model of the loss; null before it is measured. */
  CurvatureBlock block;

  /** What its curvature is multiplied by. */
  double scale = FIRST_SCALE;

  /** Curvature of the step in the model, d'Hd. */
  double modelCurvature;

  ClassRow(float[] weights, float bias) {
    this.weights = weights;
    this.bias = bias;
    stay();
  }

  /** V = W. */
  void stay() {
    from = weights;
    fromBias = bias;
  }

  /** Takes the new W and moves V beyond it. */
  void accept(float momentum) {
    float[] last = weights;
    float lastBias = bias;
    weights = next;
    bias = nextBias;
    stay();
    if (momentum != 0) {
      float[] beyond = new float[next.length];
      for (int d = 0; d < beyond.length; d++) {
        beyond[d] = next[d] + momentum * (next[d] - last[d]);
      }
      from = beyond;
      fromBias = bias + momentum * (bias - lastBias);
    }
  }

  float[] step() {
    float[] step = new float[next.length];
    for (int d = 0; d < step.length; d++) {
      step[d] = next[d] - from[d];
    }
    return step;
  }

  /**
   * How much the step points back along the last one, (V - new W) (new W - W): positive where the
   * momentum has led too far.
   */
  double backwards() {
    double sum = ((double) fromBias - nextBias) * ((double) nextBias - bias);
    for (int d = 0; d < next.length; d++) {
      sum += ((double) from[d] - next[d]) * ((double) next[d] - weights[d]);
    }
    return sum;
  }

  /**
   * Fits the scale to the true curvature along the step: at once, with some reserve, where it was
   * too low, slowly where it was too high.
   *
   * @param trueCurvature of loss and l2 penalty
   */
  void rescale(double trueCurvature) {
    if (modelCurvature > LEAST_CURVATURE) {
      double ratio = trueCurvature / modelCurvature;
      scale =
          ratio > scale
              ? Math.min(1.15 * ratio, 3 * scale)
              : Math.max(LEAST_SCALE, Math.max(0.8 * scale, 1.1 * ratio));
    }
  }

  /** Of a new model with more neurons, which bring more of the coupling between classes. */
  void expectCoupling() {
    scale = Math.max(scale, FIRST_SCALE);
  }

  /** Sum of the squared weights of the step. */
  double squaredStep() {
    double sum = 0;
    for (int d = 0; d < next.length; d++) {
      double step = (double) next[d] - from[d];
      sum += step * step;
    }
    return sum;
  }

  static double penalty(float[] weights, Objective objective) {
    double absolute = 0;
    double squares = 0;
    for (float w : weights) {
      absolute += Math.abs(w);
      squares += (double) w * w;
    }
    return objective.l1() * absolute + objective.l2() * squares;
  }

  static boolean allZero(float[] weights) {
    for (float w : weights) {
      if (w != 0) {
        return false;
      }
    }
    return true;
  }
}
