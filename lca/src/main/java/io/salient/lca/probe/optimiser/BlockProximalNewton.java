package io.salient.lca.probe.optimiser;

import io.salient.lca.ScratchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Accelerated block proximal Newton steps in a metric that is kept, for many heads over the same
 * words at once. An iteration is one product forward and one back for all classes of all heads;
 * between them each class goes to the minimum of its own quadratic model, which needs no words.
 *
 * <pre>
 * gradient at V                                  the pass before has it
 * models of classes where they are due           {@link Metric}
 * new W = minimum of the models around V         {@link CurvatureBlock}
 * scores at the new W, loss, true curvature      {@link SoftmaxLoss#advance}, with the next V's
 *     of the step, scale of each class           gradient in the same pass
 * new W worse than W: taken back, scales grow
 * next V = new W + momentum (new W - W)          {@link HeadFit#nextMomentum}
 * steps bring next to nothing: certificate       {@link DualityGap}; at its goal a head leaves
 * </pre>
 *
 * <p>What the models leave out, the coupling between classes and the error of their samples, a
 * scale for each class takes up: the true curvature along the last step over the model's. So there
 * is no line search. Proximal Newton: Lee, Sun and Saunders, SIAM J. Optim. 24, 2014; momentum and
 * its restart: Beck and Teboulle, 2009; O'Donoghue and Candes, 2015.
 *
 * <p>Every head has its own momentum, scales and end, so what rides along does not matter to it
 * beyond float32 rounding. Nothing is random.
 */
final class BlockProximalNewton implements AutoCloseable {
  /** What a step that led up does to the scale of each class of its head. */
  private static final double REJECTED = 1.5;

  private final SoftmaxLoss loss;
  private final double share;
  private final double l1Factor;
  private final Metric metric;
  private final Runnable tick;
  private final SoftmaxLoss.Scores scores;

  private SoftmaxHeads heads;
  private List<HeadFit> fits;
  private ClassGradient gradient;

  /**
   * Over the words of a loss.
   *
   * @param share of all words that these are, 0 to 1
   * @param l1Factor what l1 is multiplied by
   * @param once whether models are measured at the first iteration only
   * @param tick called after every pass; may throw to end the fit
   */
  BlockProximalNewton(
      SoftmaxLoss loss,
      SoftmaxHeads heads,
      List<HeadFit> fits,
      double share,
      double l1Factor,
      boolean once,
      ScratchSpace scratch,
      Runnable tick) {
    this.loss = loss;
    this.heads = heads;
    this.fits = List.copyOf(fits);
    this.share = share;
    this.l1Factor = l1Factor;
    this.tick = tick;
    this.metric = new Metric(loss, once);
    int classes = heads.outputs();
    scores =
        new SoftmaxLoss.Scores(
            new ScoreBlocks(loss.rows(), classes, scratch),
            new ScoreBlocks(loss.rows(), classes, scratch),
            new ScoreBlocks(loss.rows(), classes, scratch),
            new ScoreBlocks(loss.rows(), classes, scratch));
    gradient = ClassGradient.of(classes, loss.rows().width());
  }

  /** A number of iterations, whatever comes of them. */
  void iterate(int iterations) {
    start();
    for (int i = 0; i < iterations; i++) {
      step(i);
    }
  }

  /**
   * Until every head has reached its goal or used up its evaluations.
   *
   * @param bound largest root mean square of a neuron over the words
   */
  void converge(double bound) {
    start();
    DualityGap gap = new DualityGap(loss, bound);
    leave(fit -> !Double.isFinite(fit.value()));
    for (int i = 0; !fits.isEmpty(); i++) {
      step(i);
      List<HeadFit> ended = new ArrayList<>();
      for (int k = 0; k < fits.size(); k++) {
        HeadFit fit = fits.get(k);
        if (fit.calm() && certified(gap, k)) {
          ended.add(fit);
        }
      }
      leave(ended::contains);
    }
  }

  private boolean certified(DualityGap gap, int k) {
    HeadFit fit = fits.get(k);
    fit.count(0.5);
    DualityGap.Proof proof = gap.prove(heads, k, scores.last(), fit);
    boolean end = fit.accept(proof);
    if (end) {
      fit.shift(proof.biasShift());
    }
    tick.run();
    return end;
  }

  private void start() {
    boolean zero = fits.stream().allMatch(HeadFit::zero);
    double[] losses =
        loss.start(
            heads,
            HeadFit.rows(fits).map(row -> row.weights).toList(),
            biases(),
            zero,
            scores,
            gradient);
    for (int k = 0; k < fits.size(); k++) {
      fits.get(k).begin(losses[k] / words(k), l1Factor);
      fits.get(k).count(zero ? 0.5 * share : share);
    }
    takeGradient();
    tick.run();
  }

  private float[] biases() {
    float[] biases = new float[heads.outputs()];
    int c = 0;
    for (HeadFit fit : fits) {
      for (float bias : fit.biases()) {
        biases[c++] = bias;
      }
    }
    return biases;
  }

  private double l1(HeadFit fit) {
    return l1Factor * fit.objective().l1();
  }

  private int words(int k) {
    return Math.max(1, heads.words(k, loss.rows().rows()));
  }

  private void step(int iteration) {
    for (int k = 0; k < fits.size(); k++) {
      HeadFit fit = fits.get(k);
      Metric.Residuals residuals =
          new Metric.Residuals(scores.residuals(), heads.offset(k), words(k), loss.rows().rows());
      if (metric.keeps(fit)) {
        metric.measure(fit, iteration, l1(fit), residuals);
      } else {
        metric.measureEach(fit, l1(fit), residuals, rows -> toMinimumOfModels(fit, rows));
      }
    }
    fits.parallelStream()
        .filter(metric::keeps)
        .forEach(fit -> toMinimumOfModels(fit, fit.classes()));
    float[] momentum = momentum();
    SoftmaxLoss.Advance advance =
        loss.advance(heads, steps(), biasSteps(), momentum, scores, gradient);
    for (int k = 0; k < fits.size(); k++) {
      settle(k, advance, momentum[heads.offset(k)]);
    }
    takeGradient();
    tick.run();
  }

  private void toMinimumOfModels(HeadFit fit, List<ClassRow> rows) {
    double enough = Math.max(1e-10, 0.003 * fit.decrease() / fit.classes().size());
    rows.parallelStream().forEach(row -> row.block.minimise(row, l1(fit), enough));
  }

  private float[] momentum() {
    float[] momentum = new float[heads.outputs()];
    int c = 0;
    for (HeadFit fit : fits) {
      float factor = fit.nextMomentum();
      for (int i = 0; i < fit.classes().size(); i++) {
        momentum[c++] = factor;
      }
    }
    return momentum;
  }

  private List<float[]> steps() {
    List<ClassRow> rows = HeadFit.rows(fits).toList();
    return IntStream.range(0, rows.size()).parallel().mapToObj(c -> rows.get(c).step()).toList();
  }

  private float[] biasSteps() {
    float[] steps = new float[heads.outputs()];
    List<ClassRow> rows = HeadFit.rows(fits).toList();
    for (int c = 0; c < steps.length; c++) {
      steps[c] = rows.get(c).nextBias - rows.get(c).fromBias;
    }
    return steps;
  }

  private void settle(int k, SoftmaxLoss.Advance advance, float momentum) {
    HeadFit fit = fits.get(k);
    int offset = heads.offset(k);
    int words = words(k);
    fit.count(share);
    for (int c = 0; c < fit.classes().size(); c++) {
      ClassRow row = fit.classes().get(c);
      row.rescale(
          advance.along()[offset + c] / words + 2 * fit.objective().l2() * row.squaredStep());
    }
    if (fit.judge(advance.losses()[k] / words, l1Factor)) {
      fit.classes().forEach(row -> row.accept(momentum));
      scores.last().copy(scores.next(), offset, fit.classes().size());
    } else {
      for (ClassRow row : fit.classes()) {
        row.scale *= REJECTED;
        row.stay();
      }
      loss.goBack(heads, k, scores, gradient);
      fit.count(0.5 * share);
    }
  }

  /** Means over words, with the l2 penalty. */
  private void takeGradient() {
    for (int k = 0; k < fits.size(); k++) {
      HeadFit fit = fits.get(k);
      int offset = heads.offset(k);
      float each = 1f / words(k);
      float l2 = (float) (2 * fit.objective().l2());
      IntStream.range(0, fit.classes().size())
          .parallel()
          .forEach(
              c -> {
                ClassRow row = fit.classes().get(c);
                float[] sums = gradient.weights()[offset + c];
                float[] mean = new float[sums.length];
                for (int d = 0; d < mean.length; d++) {
                  mean[d] = each * sums[d] + l2 * row.from[d];
                }
                row.gradient = mean;
                row.biasGradient = (float) (gradient.biases()[offset + c] * each);
              });
    }
  }

  /** Heads that have ended leave the products. */
  private void leave(java.util.function.Predicate<HeadFit> ended) {
    if (fits.stream().noneMatch(ended)) {
      return;
    }
    int[] kept = IntStream.range(0, fits.size()).filter(k -> !ended.test(fits.get(k))).toArray();
    int[] classes =
        IntStream.of(kept)
            .flatMap(k -> IntStream.range(heads.offset(k), heads.offset(k) + heads.sizes()[k]))
            .toArray();
    for (ScoreBlocks blocks :
        List.of(scores.here(), scores.last(), scores.next(), scores.residuals())) {
      blocks.keep(classes);
    }
    gradient = gradient.keep(classes);
    heads = heads.only(kept);
    fits = IntStream.of(kept).mapToObj(fits::get).toList();
  }

  @Override
  public void close() {
    metric.close();
  }
}
