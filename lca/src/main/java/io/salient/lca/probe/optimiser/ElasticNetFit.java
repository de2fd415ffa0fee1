package io.salient.lca.probe.optimiser;

import io.salient.lca.ScratchSlices;
import io.salient.lca.ScratchSpace;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/**
 * Minimises the elastic net of many heads over the same words.
 *
 * <p>The elastic net is left to {@link BlockProximalNewton}; heads without a start of their own
 * come to it by way of a {@link Homotopy}. What it is not made for, NeuroX's penalty and wide heads
 * without l1, is left to {@link QuasiNewtonFit}.
 *
 * <p>Memory: in the scratch space 16 bytes for each class and word, elsewhere about ten values per
 * weight and the models of the classes, whatever the number of words.
 */
public final class ElasticNetFit {
  /** Score blocks: at V, at the last W, at the new W, and residuals. */
  private static final int BLOCKS = 4;

  private final SoftmaxLoss loss;
  private final SoftmaxHeads heads;
  private final double bound;
  private final MemorySegment scores;
  private final DoubleConsumer progress;
  private final List<HeadFit> fits;
  private double done;

  private ElasticNetFit(
      SoftmaxLoss loss,
      List<Head> heads,
      double bound,
      ScratchSpace scratch,
      DoubleConsumer progress) {
    this.loss = loss;
    this.bound = bound;
    this.progress = progress;
    this.heads = outputs(heads);
    fits = WarmStart.worthy(loss, heads).stream().map(Head::fit).toList();
    scores = scratch.allocate(scratchBytes(this.heads.outputs(), loss.rows().rows()));
  }

  /**
   * A head to be fitted.
   *
   * @param classes class of each train row, -1 when it takes no part
   * @param weights where to start, by class
   * @param bias where to start, by class
   * @param warm whether that start is more than zeros and the shares of the classes
   * @param objective what to minimise
   * @param goal when to end
   */
  public record Head(
      int[] classes,
      float[][] weights,
      float[] bias,
      boolean warm,
      Objective objective,
      Goal goal) {
    HeadFit fit() {
      List<ClassRow> rows = new ArrayList<>();
      for (int c = 0; c < bias.length; c++) {
        rows.add(new ClassRow(weights[c], bias[c]));
      }
      return new HeadFit(objective, goal, warm, rows);
    }
  }

  /**
   * Where a head ended.
   *
   * @param weights by class
   * @param bias by class
   * @param gradient of the mean loss there, by class; of a weight other than zero it may include
   *     the smooth penalty's
   * @param certificate how near that is; its objective is not finite where even the start has none
   */
  public record Solution(
      float[][] weights, float[] bias, float[][] gradient, Certificate certificate) {
    static Solution of(HeadFit fit) {
      return new Solution(
          fit.classes().stream().map(row -> row.weights).toArray(float[][]::new),
          fit.biases(),
          fit.gradient(),
          fit.certificate());
    }
  }

  static SoftmaxHeads outputs(List<Head> heads) {
    return new SoftmaxHeads(
        heads.stream().mapToInt(head -> head.bias().length).toArray(),
        heads.stream().map(Head::classes).toList());
  }

  /** Bytes of scratch space that a fit takes, in one piece. */
  public static long scratchBytes(int classes, int words) {
    return BLOCKS * ScratchSlices.room(4L * classes * words);
  }

  /**
   * Fits.
   *
   * @param rows the words
   * @param bound largest root mean square of a neuron over the words
   * @param scratch gives one piece of {@link #scratchBytes}
   * @param progress told the share that is done, not decreasing; may throw to end the fit
   * @return one per head, in their order
   */
  public static List<Solution> of(
      TrainRows rows,
      List<Head> heads,
      double bound,
      ScratchSpace scratch,
      DoubleConsumer progress) {
    try (SoftmaxLoss loss = new SoftmaxLoss(rows)) {
      ElasticNetFit fit = new ElasticNetFit(loss, heads, bound, scratch, progress);
      fit.run();
      return fit.fits.stream().map(Solution::of).toList();
    }
  }

  private void run() {
    int width = loss.rows().width();
    int[] served =
        IntStream.range(0, fits.size())
            .filter(
                k -> Metric.serves(fits.get(k).objective(), fits.get(k).classes().size(), width))
            .toArray();
    int[] cold = IntStream.of(served).filter(k -> !fits.get(k).warm()).toArray();
    if (cold.length > 0) {
      new Homotopy(loss, this::room, this::tick).run(heads.only(cold), some(cold));
    }
    if (served.length > 0) {
      try (BlockProximalNewton solver =
          new BlockProximalNewton(
              loss, heads.only(served), some(served), 1, 1, false, room(), this::tick)) {
        solver.converge(bound);
      }
    }
    int[] left =
        IntStream.range(0, fits.size()).filter(k -> fits.get(k).certificate() == null).toArray();
    new QuasiNewtonFit(loss, bound, this::room, this::tick).run(heads.only(left), some(left));
  }

  /** The space for scores, which those who come one after the other share. */
  private ScratchSpace room() {
    return new ScratchSlices(scores);
  }

  private List<HeadFit> some(int[] of) {
    return IntStream.of(of).mapToObj(fits::get).toList();
  }

  private void tick() {
    double mean = fits.stream().mapToDouble(HeadFit::done).average().orElse(1);
    done = Math.max(done, mean);
    progress.accept(done);
  }
}
