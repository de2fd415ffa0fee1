package io.salient.lca.probe.optimiser;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.salient.torch.TorchEngine;
import io.salient.torch.TorchProgram;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The smooth part of the objective, the summed cross-entropy of several softmax heads over the same
 * words, and its gradient: one matrix product forward and one back per block of rows for all heads
 * that still move. The penalties are the optimiser's.
 *
 * <p>Products and their block sums are float32, losses double. Memory: a block's scores, and C x D
 * values; it does not grow with the number of words. Not thread-safe.
 */
public final class SoftmaxLoss implements AutoCloseable {
  private static final int PANELS = 4;

  /** Below this many rows a matrix is not worth parting. */
  private static final int FEWEST_IN_PANELS = 128;

  private final TrainRows rows;
  private final TorchProgram program;
  private final boolean ownsProgram;
  private final Arena arena = Arena.ofShared();
  private MemorySegment stacked = MemorySegment.NULL;

  /**
   * Loss and gradient of one head at a point.
   *
   * @param loss summed cross-entropy, not finite when scores overflow
   * @param gradient of the loss: C x D weights, row-major, then C biases
   */
  public record Sums(double loss, float[] gradient) {}

  /**
   * Scores at the points that a momentum method knows.
   *
   * @param here at V, where the gradient is
   * @param last at the last W
   * @param next at the new W
   * @param residuals p - y at V
   */
  record Scores(ScoreBlocks here, ScoreBlocks last, ScoreBlocks next, ScoreBlocks residuals) {}

  /**
   * What a step has brought.
   *
   * @param losses summed, by head
   * @param along by class: sum over words of its change of score times its change of residual
   */
  record Advance(double[] losses, double[] along) {}

  /** Over these words. */
  public SoftmaxLoss(TrainRows rows) {
    this.rows = rows;
    this.program = TorchProgram.compile("softmax heads", SoftmaxProgram.SOURCE);
    this.ownsProgram = true;
  }

  private SoftmaxLoss(TrainRows rows, TorchProgram program) {
    this.rows = rows;
    this.program = program;
    this.ownsProgram = false;
  }

  /** Over the first words alone; to be closed before this. */
  SoftmaxLoss first(int count) {
    return new SoftmaxLoss(rows.first(count), program);
  }

  TrainRows rows() {
    return rows;
  }

  TorchProgram program() {
    return program;
  }

  /**
   * Evaluates heads together.
   *
   * @param points one per head: C x D weights, row-major, then C biases
   * @return one entry per head
   */
  public List<Sums> evaluate(SoftmaxHeads heads, List<float[]> points) {
    List<float[]> weights = new ArrayList<>();
    float[] biases = new float[heads.outputs()];
    int width = rows.width();
    for (int k = 0, c = 0; k < points.size(); k++) {
      for (int i = 0; i < heads.sizes()[k]; i++, c++) {
        weights.add(Arrays.copyOfRange(points.get(k), i * width, (i + 1) * width));
        biases[c] = points.get(k)[heads.sizes()[k] * width + i];
      }
    }
    ClassGradient gradient = ClassGradient.of(heads.outputs(), width);
    double[] losses = new double[heads.count()];
    try (NDManager manager = TorchEngine.newManager()) {
      NDArray w = stack(manager, weights);
      NDArray b = manager.create(biases);
      eachBlock(
          manager,
          (local, x, first) -> {
            NDList results = call(local, "evaluate", heads, first, x, w, b);
            add(results.get(0), losses);
            gradient.add(results.get(1), results.get(2), 0);
          });
    }
    return sums(heads, losses, gradient);
  }

  private List<Sums> sums(SoftmaxHeads heads, double[] losses, ClassGradient gradient) {
    List<Sums> sums = new ArrayList<>();
    int width = rows.width();
    for (int k = 0; k < losses.length; k++) {
      int size = heads.sizes()[k];
      int from = heads.offset(k);
      float[] of = new float[size * (width + 1)];
      for (int i = 0; i < size; i++) {
        System.arraycopy(gradient.weights()[from + i], 0, of, i * width, width);
        of[size * width + i] = (float) gradient.biases()[from + i];
      }
      sums.add(new Sums(losses[k], of));
    }
    return sums;
  }

  /**
   * Begins at a point, V = W.
   *
   * @param weights by class
   * @param zero whether all weights are zero, which saves a product
   * @param gradient cleared, then filled
   * @return the summed loss of each head
   */
  double[] start(
      SoftmaxHeads heads,
      List<float[]> weights,
      float[] biases,
      boolean zero,
      Scores scores,
      ClassGradient gradient) {
    gradient.clear();
    double[] losses = new double[heads.count()];
    try (NDManager manager = TorchEngine.newManager()) {
      NDArray w = stack(manager, zero ? weights.subList(0, 1) : weights);
      NDArray b = manager.create(biases);
      eachBlock(
          manager,
          (local, x, first) -> {
            NDList results = call(local, "start", heads, first, x, w, b, zero);
            add(results.get(0), losses);
            gradient.add(results.get(1), results.get(2), 0);
            TorchEngine.copy(results.get(3), scores.residuals().block(first));
            TorchEngine.copy(results.get(4), scores.here().block(first));
            scores.last().block(first).copyFrom(scores.here().block(first));
          });
    }
    return losses;
  }

  /** The scores of all words at a point. */
  void scores(List<float[]> weights, float[] biases, ScoreBlocks scores) {
    try (NDManager manager = TorchEngine.newManager()) {
      NDArray w = stack(manager, weights);
      NDArray b = manager.create(biases);
      eachBlock(
          manager,
          (local, x, first) ->
              TorchEngine.copy(
                  program.call(local, "scores", x, w, b).singletonOrThrow(), scores.block(first)));
    }
  }

  /**
   * From V to the new W, and on to the next V = W + momentum (W - last W): each block of rows is
   * read once for both products.
   *
   * @param steps by class: new W - V
   * @param momentum by class
   * @param gradient cleared, then filled with that at the next V
   */
  Advance advance(
      SoftmaxHeads heads,
      List<float[]> steps,
      float[] biasSteps,
      float[] momentum,
      Scores scores,
      ClassGradient gradient) {
    gradient.clear();
    boolean moving = IntStream.range(0, momentum.length).anyMatch(c -> momentum[c] != 0);
    double[] losses = new double[heads.count()];
    double[] along = new double[heads.outputs()];
    try (NDManager manager = TorchEngine.newManager()) {
      NDArray d = stack(manager, steps);
      NDArray db = manager.create(biasSteps);
      NDArray beyond = manager.create(momentum);
      eachBlock(
          manager,
          (local, x, first) -> {
            NDArray here = view(local, scores.here().block(first), first, heads.outputs());
            NDArray last = view(local, scores.last().block(first), first, heads.outputs());
            NDArray r = view(local, scores.residuals().block(first), first, heads.outputs());
            NDList results =
                call(local, "advance", heads, first, x, d, db, here, last, r, beyond, moving);
            add(results.get(0), losses);
            gradient.add(results.get(1), results.get(2), 0);
            TorchEngine.copy(results.get(3), scores.residuals().block(first));
            add(results.get(4), along);
            TorchEngine.copy(results.get(5), scores.next().block(first));
            TorchEngine.copy(results.get(6), scores.here().block(first));
          });
    }
    return new Advance(losses, along);
  }

  /**
   * Takes one head back to its last W: scores, residuals and gradient of V are those there.
   *
   * @param head whose
   * @param gradient of which the head's classes are replaced
   */
  void goBack(SoftmaxHeads heads, int head, Scores scores, ClassGradient gradient) {
    int size = heads.sizes()[head];
    int from = heads.offset(head);
    SoftmaxHeads alone = heads.only(head);
    scores.here().copy(scores.last(), from, size);
    for (int c = from; c < from + size; c++) {
      Arrays.fill(gradient.weights()[c], 0);
      gradient.biases()[c] = 0;
    }
    try (NDManager manager = TorchEngine.newManager()) {
      eachBlock(
          manager,
          (local, x, first) -> {
            NDArray z = view(local, scores.here().part(first, from, size), first, size);
            NDList results = call(local, "back", alone, first, x, z);
            gradient.add(results.get(1), results.get(2), from);
            TorchEngine.copy(results.get(3), scores.residuals().part(first, from, size));
          });
    }
  }

  /** What is done with a block of rows. */
  interface Block {
    void run(NDManager manager, NDArray x, int first);
  }

  void eachBlock(NDManager manager, Block block) {
    for (int first = 0; first < rows.rows(); first += rows.blockRows()) {
      try (NDManager local = manager.newSubManager()) {
        NDArray x =
            TorchEngine.view(
                local, rows.block(first), new Shape(rows.blockCount(first), rows.width()));
        block.run(local, x, first);
      }
    }
  }

  /** A method whose last arguments are the heads and the classes of the block's words. */
  private NDList call(
      NDManager local, String method, SoftmaxHeads heads, int first, Object... arguments) {
    int count = rows.blockCount(first);
    SoftmaxHeads.Codes codes = heads.codes(first, count);
    SoftmaxHeads.Groups groups = heads.groups();
    Object[] classes = {
      local.create(codes.values(), new Shape(heads.count(), count)),
      codes.complete(),
      groups.counts(),
      groups.sizes(),
      groups.widths()
    };
    return program.call(
        local, method, Stream.concat(Arrays.stream(arguments), Arrays.stream(classes)).toArray());
  }

  NDArray view(NDManager manager, MemorySegment block, int first, int classes) {
    return TorchEngine.view(manager, block, new Shape(classes, rows.blockCount(first)));
  }

  /**
   * The upper triangle of the product of a matrix with itself, x x'. It is symmetric, so panels of
   * rows are multiplied by what is not above them only: of four panels, five eighths of the work.
   *
   * @param x height x length float32, row-major, native
   * @return height x height, row-major; what lies below the diagonal is not to be used
   */
  float[] gram(MemorySegment x, int height, int length) {
    try (NDManager manager = TorchEngine.newManager()) {
      NDArray values = TorchEngine.view(manager, x, new Shape(height, length));
      int panel = height < FEWEST_IN_PANELS ? height : (height + PANELS - 1) / PANELS;
      return program.call(manager, "gram", values, panel).singletonOrThrow().toFloatArray();
    }
  }

  /**
   * The two matrix products of an evaluation and nothing else, to measure the kernels by.
   *
   * @return floating-point operations done
   */
  public double products(SoftmaxHeads heads) {
    int outputs = heads.outputs();
    List<float[]> ones = new ArrayList<>();
    for (int c = 0; c < outputs; c++) {
      ones.add(new float[rows.width()]);
    }
    try (NDManager manager = TorchEngine.newManager()) {
      NDArray w = stack(manager, ones);
      eachBlock(
          manager,
          (local, x, first) -> {
            NDArray residuals = local.ones(new Shape(outputs, rows.blockCount(first)));
            program.call(local, "products", x, w, residuals);
          });
    }
    return 4.0 * rows.rows() * rows.width() * outputs;
  }

  /** Lays the weights of all classes below one another; valid until the next call. */
  private NDArray stack(NDManager manager, List<float[]> weights) {
    long rowBytes = 4L * rows.width();
    if (stacked.byteSize() < rowBytes * weights.size()) {
      stacked = arena.allocate(rowBytes * weights.size(), 64);
    }
    IntStream.range(0, weights.size())
        .parallel()
        .forEach(
            c ->
                MemorySegment.copy(
                    weights.get(c),
                    0,
                    stacked,
                    ValueLayout.JAVA_FLOAT,
                    c * rowBytes,
                    rows.width()));
    return TorchEngine.view(
        manager,
        stacked.asSlice(0, rowBytes * weights.size()),
        new Shape(weights.size(), rows.width()));
  }

  private static void add(NDArray values, double[] to) {
    double[] more = values.toDoubleArray();
    for (int i = 0; i < to.length; i++) {
      to[i] += more[i];
    }
  }

  @Override
  public void close() {
    if (ownsProgram) {
      program.close();
    }
    arena.close();
  }
}
