package io.salient.lca.probe.optimiser;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** One head on its way to its optimum. */
final class HeadFit {
  /** A fit is calm when a step brings less than this share of its tolerance, see {@link #calm}. */
  private static final double CALM_SHARE = 0.008;

  /** Of the objective: below it steps are rounding. */
  private static final double ROUNDING = 2e-8;

  private static final int CALM_STEPS = 2;
  private static final int MOST_REJECTED = 30;

  private final Objective objective;
  private final Goal goal;
  private final boolean warm;
  private final List<ClassRow> classes;

  private double value;
  private double decrease;
  private double firstDecrease;
  private double momentum = 1;
  private double calmBelow;
  private int steps;
  private int calmSteps;
  private int rejected;
  private double evaluations;
  private Certificate certificate;
  private float[][] gradient;

  /**
   * Sets out.
   *
   * @param warm whether the start is more than the shares of the classes
   */
  HeadFit(Objective objective, Goal goal, boolean warm, List<ClassRow> classes) {
    this.objective = objective;
    this.goal = goal;
    this.warm = warm;
    this.classes = List.copyOf(classes);
    this.calmBelow = CALM_SHARE * goal.tolerance();
  }

  static Stream<ClassRow> rows(List<HeadFit> fits) {
    return fits.stream().flatMap(fit -> fit.classes.stream());
  }

  Objective objective() {
    return objective;
  }

  Goal goal() {
    return goal;
  }

  /** Whether a few steps will do, each with models of more neurons; without l1 these have all. */
  boolean rough() {
    return goal.rough() && objective.l1() > 0;
  }

  boolean warm() {
    return warm;
  }

  List<ClassRow> classes() {
    return classes;
  }

  boolean zero() {
    return classes.stream().allMatch(row -> ClassRow.allZero(row.weights));
  }

  /** Mean loss and penalties at W. */
  double value() {
    return value;
  }

  /** What the last step has brought; not negative. */
  double decrease() {
    return Math.max(0, decrease);
  }

  void count(double passes) {
    evaluations += passes;
  }

  int evaluations() {
    return (int) Math.ceil(evaluations - 1e-9);
  }

  /** At the beginning of a run over some rows. */
  void begin(double meanLoss, double l1Factor) {
    value = meanLoss + penalty(l1Factor, row -> row.weights);
    decrease = 0.1 * value;
    momentum = 1;
    steps = 0;
    calmSteps = 0;
    rejected = 0;
    classes.forEach(ClassRow::stay);
  }

  private double penalty(double l1Factor, java.util.function.Function<ClassRow, float[]> weights) {
    Objective scaled =
        new Objective(l1Factor * objective.l1(), objective.l2(), objective.penalty());
    return classes.stream().mapToDouble(row -> ClassRow.penalty(weights.apply(row), scaled)).sum();
  }

  /**
   * Nesterov's factor for the next move beyond W, restarted where the momentum has led too far
   * (O'Donoghue and Candes, 2015). None where every step has models of more neurons: beyond what
   * these were measured for, it leads up again.
   */
  float nextMomentum() {
    if (rough()) {
      return 0;
    }
    if (classes.stream().mapToDouble(ClassRow::backwards).sum() > 0) {
      momentum = 1;
    }
    double grown = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    double factor = (momentum - 1) / grown;
    momentum = grown;
    return (float) factor;
  }

  /**
   * Judges the new W.
   *
   * @return false when it is worse and must be taken back
   */
  boolean judge(double meanLoss, double l1Factor) {
    double there = meanLoss + penalty(l1Factor, row -> row.next);
    boolean down = there <= value * (1 + 1e-7); // rounding of the sums
    decrease = value - there;
    steps++;
    firstDecrease = firstDecrease == 0 ? decrease : firstDecrease;
    if (down) {
      value = there;
      rejected = 0;
      calmSteps = Math.abs(decrease) <= calmBelow * value ? calmSteps + 1 : 0;
    } else {
      momentum = 1;
      calmSteps = 0;
      rejected++;
    }
    return down;
  }

  /**
   * Whether it is time to ask for a certificate. Steps of a method with momentum bring between a
   * half and a tenth of what is left, and the certificate is ten to thirty times too careful.
   */
  boolean calm() {
    return calmSteps >= CALM_STEPS || exhausted();
  }

  private boolean exhausted() {
    return evaluations >= goal.maxEvaluations()
        || (rough() && steps >= Goal.ROUGH_ITERATIONS)
        || rejected >= MOST_REJECTED
        || (calmBelow < ROUNDING && calmSteps >= CALM_STEPS)
        || !Double.isFinite(value);
  }

  /** Takes the certificate as the last, or goes on more patiently. */
  boolean accept(DualityGap.Proof proof) {
    boolean end = proof.certificate().converged() || exhausted();
    end(proof.certificate(), end ? proof.gradient() : null);
    if (!end) {
      calmBelow /= 3;
      calmSteps = 0;
    }
    return end;
  }

  Certificate certificate() {
    return certificate;
  }

  /** Estimate of how much is done, 0 to 1: steps shrink about geometrically. */
  double done() {
    if (certificate != null && certificate.converged()) {
      return 1;
    }
    double end = calmBelow * value;
    double whole = Math.log(firstDecrease / end);
    double left = Math.log(Math.max(decrease(), end) / end);
    return whole > 0 ? Math.clamp(1 - left / whole, 0, 1) : 0;
  }

  float[] biases() {
    float[] biases = new float[classes.size()];
    for (int c = 0; c < biases.length; c++) {
      biases[c] = classes.get(c).bias;
    }
    return biases;
  }

  /** Moves the biases. */
  void shift(double[] by) {
    for (int c = 0; c < by.length; c++) {
      classes.get(c).bias += (float) by[c];
    }
  }

  /** W and biases as one vector. */
  float[] point() {
    int width = classes.getFirst().weights.length;
    float[] point = new float[classes.size() * (width + 1)];
    for (int c = 0; c < classes.size(); c++) {
      System.arraycopy(classes.get(c).weights, 0, point, c * width, width);
      point[classes.size() * width + c] = classes.get(c).bias;
    }
    return point;
  }

  /** Sets W and biases to a vector like {@link #point}'s. */
  void moveTo(float[] point) {
    int width = classes.getFirst().weights.length;
    for (int c = 0; c < classes.size(); c++) {
      classes.get(c).weights = Arrays.copyOfRange(point, c * width, (c + 1) * width);
      classes.get(c).bias = point[classes.size() * width + c];
      classes.get(c).stay();
    }
  }

  /**
   * Where it ended.
   *
   * @param there gradient of the mean loss, by class
   */
  void end(Certificate last, float[][] there) {
    certificate = last;
    gradient = there;
  }

  /** Of the mean loss where it ended, by class; null before. */
  float[][] gradient() {
    return gradient;
  }
}
