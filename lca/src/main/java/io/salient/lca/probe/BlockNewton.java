package io.salient.lca.probe;

import java.util.stream.IntStream;

/**
 * Accelerated proximal Newton steps on a model of the loss whose Hessian has one block per class,
 * measured on a sample of the words (Lee, Sun and Saunders, SIAM J. Optim. 24, 2014; for the
 * sampled Hessian Xu et al., NeurIPS 2016). What the blocks leave out, between classes, is at most
 * as much again: diag(p) - pp' is at most twice diag(p(1-p)). So the blocks are damped by somewhat
 * less than that factor, and Nesterov's momentum, restarted when it leads up (O'Donoghue and
 * Candes, 2015), makes up for it. A step that does not go down is taken back and damped more.
 *
 * <p>For the elastic net with l1 &gt; 0. Memory beside a few vectors: one block per class of the
 * square of its active neurons, see {@link #mostBytes}; where that, or the work of a block, would
 * be too much, or no step goes down, it says so by {@link #stuck}, for another optimiser to go on.
 */
final class BlockNewton implements Optimiser {
  private static final double DAMPING = 1.75;
  private static final double MOST_DAMPING = 500;
  private static final double MOMENTUM_BELOW = 0.1;

  /** The blocks are measured anew when the step has shrunk by this, or after so many moves. */
  private static final double SHRUNK = 0.15;

  private static final int MOST_MOVES = 15;

  /** Rounding of the objective, relative. */
  private static final double ROUNDING = 1e-7;

  /** Measuring the blocks takes as many operations as this many evaluations, at most. */
  private static final double MOST_WORK = 40;

  private final FitSettings settings;
  private final int classes;
  private final int width;

  private float[] point;
  private float[] last;
  private Iterate current;
  private double lowest = Double.POSITIVE_INFINITY;
  private CurvatureBlock[] blocks;
  private int moves;
  private double stepWhenMeasured;
  private double damping = DAMPING;
  private double momentum = 1;
  private boolean extrapolated;
  private int evaluations;
  private boolean finished;
  private boolean stuck;

  /**
   * Starts at a point.
   *
   * @param start C x D weights and C biases; owned from now on
   */
  BlockNewton(float[] start, int classes, int width, FitSettings settings) {
    this.point = start;
    this.last = start;
    this.classes = classes;
    this.width = width;
    this.settings = settings;
  }

  /** Whether it can minimise with these settings. */
  static boolean serves(FitSettings settings) {
    return settings.penalty() == Penalty.ELASTIC_NET && settings.l1() > 0;
  }

  /** Bytes that the blocks of a concept take at most. */
  static long mostBytes(int classes, int width) {
    return 4L * classes * Math.max(400 * 400, 64L * width);
  }

  @Override
  public float[] point() {
    return finished || stuck ? current.point() : point;
  }

  @Override
  public boolean finished() {
    return finished;
  }

  /** True when another optimiser has to go on from {@link #point}. */
  boolean stuck() {
    return stuck && !finished;
  }

  int evaluations() {
    return evaluations;
  }

  @Override
  public boolean finite() {
    return current.finite();
  }

  @Override
  public double relativeStep() {
    return current.relativeStep();
  }

  @Override
  public Certificate certificate() {
    return new Certificate(
        current.objective(),
        current.relativeStep(),
        evaluations,
        current.relativeStep() <= settings.tolerance());
  }

  @Override
  public void observe(ElasticNet.Sums sums, int words, Curvature curvature) {
    evaluations++;
    Iterate here = Iterate.of(point, sums, words, classes * width, settings);
    boolean down = here.objective() <= lowest + ROUNDING * Math.max(1, lowest);
    if (current == null || down) {
      accept(here);
    } else {
      takeBack();
    }
    finished =
        !current.finite()
            || current.relativeStep() <= settings.tolerance()
            || evaluations >= settings.maxEvaluations();
    if (!finished && blocksAreOld()) {
      measure(words, curvature);
    }
    if (!finished && !stuck) {
      move();
    }
  }

  private void accept(Iterate here) {
    current = here;
    lowest = Math.min(lowest, here.objective());
    damping = Math.max(DAMPING, 0.9 * damping);
  }

  /** Momentum is to blame where there was some, the model where not. */
  private void takeBack() {
    damping *= extrapolated ? 1.1 : 2;
    momentum = 1;
    last = current.point();
    if (damping > MOST_DAMPING) {
      stuck = moves <= 1 || current.relativeStep() == stepWhenMeasured;
      moves = MOST_MOVES;
      damping = DAMPING;
    }
  }

  private boolean blocksAreOld() {
    return blocks == null
        || moves >= MOST_MOVES
        || current.relativeStep() < SHRUNK * stepWhenMeasured
        || mostlyOutside();
  }

  /** Whether the larger part of the proximal step is in weights that no block has. */
  private boolean mostlyOutside() {
    double inside = 0;
    double all = Vectors.dot(current.step(), current.step());
    for (int c = 0; c < classes; c++) {
      double step = current.step()[classes * width + c];
      inside += step * step;
      for (int neuron : blocks[c].neurons()) {
        step = current.step()[c * width + neuron];
        inside += step * step;
      }
    }
    return inside < 0.75 * all;
  }

  private void measure(int words, Curvature curvature) {
    int[][] neurons = ActiveNeurons.of(current, classes, width);
    if (tooLarge(neurons, words)) {
      stuck = true;
      return;
    }
    blocks = curvature.blocks(current.point(), neurons);
    stepWhenMeasured = current.relativeStep();
    moves = 0;
  }

  private boolean tooLarge(int[][] neurons, int words) {
    double bytes = 0;
    double work = 0;
    for (int[] of : neurons) {
      double size = of.length + 1.0;
      bytes += 4 * size * size;
      work += 2 * Math.min(words, SampledCurvature.rows(of.length)) * size * size;
    }
    return bytes > mostBytes(classes, width) || work > MOST_WORK * 4.0 * words * width * classes;
  }

  /** From the current point to the minimum of the model, and beyond by the momentum. */
  private void move() {
    moves++;
    float[] next = current.point().clone();
    double enough = 1e-3 * settings.tolerance() * settings.tolerance();
    IntStream.range(0, classes)
        .parallel()
        .forEach(
            c ->
                blocks[c].minimise(
                    current.point(),
                    current.gradient(),
                    c * width,
                    classes * width + c,
                    settings,
                    damping,
                    enough,
                    next));
    if (current.relativeStep() > MOMENTUM_BELOW || leadsUp(next)) {
      momentum = 1;
    }
    double grown = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    double beyond = (momentum - 1) / grown;
    momentum = grown;
    extrapolated = beyond > 0;
    point = extrapolated ? extrapolate(next, beyond) : next;
    last = next;
  }

  /** Whether the momentum points against the step that the model wants. */
  private boolean leadsUp(float[] next) {
    float[] from = current.point();
    return Vectors.sum(
            next.length,
            (a, b) -> {
              double sum = 0;
              for (int i = a; i < b; i++) {
                sum += ((double) from[i] - next[i]) * ((double) next[i] - last[i]);
              }
              return sum;
            })
        > 0;
  }

  /** Kept in the orthant of the minimum: its zeros stay exact. */
  private float[] extrapolate(float[] next, double beyond) {
    float[] to = new float[next.length];
    int penalised = classes * width;
    float factor = (float) beyond;
    Vectors.each(
        next.length,
        (a, b) -> {
          for (int i = a; i < b; i++) {
            float moved = next[i] + factor * (next[i] - last[i]);
            to[i] = i >= penalised || moved * next[i] > 0 ? moved : 0;
          }
        });
    return to;
  }
}
