package io.salient.lca.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.salient.torch.TorchEngine;
import io.salient.torch.TorchProgram;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;

/**
 * The smooth part of the objective, the summed cross-entropy of several concepts, and its gradient:
 * one matrix product forward and one back per block of rows for all concepts that still move. The
 * penalties are the optimiser's.
 *
 * <p>A point is one vector: C x D weights, row-major, then C biases. Block sums are float32, sums
 * over blocks double. Memory: a block's scores, and C x D values; it does not grow with the number
 * of words. Not thread-safe.
 */
public final class ElasticNet implements AutoCloseable {
  /** Words and values of probabilities that are looked at, at most. */
  private static final long MOST_WORDS = 40_000;

  private static final long MOST_PROBABILITIES = 1L << 24;

  private final TrainWords words;
  private final ProbeHeads heads;
  private final TorchProgram program;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment weights;

  /**
   * Sums over the train words of one concept.
   *
   * @param loss summed cross-entropy, not finite when scores overflow
   * @param gradient of the loss, laid out as a point
   */
  public record Sums(double loss, double[] gradient) {}

  /** Over these words and concepts. */
  public ElasticNet(TrainWords words, ProbeHeads heads) {
    this.words = words;
    this.heads = heads;
    program = TorchProgram.compile("softmax heads", SoftmaxProgram.SOURCE);
    int outputs = Arrays.stream(heads.sizes()).sum();
    weights = arena.allocate(4L * Math.max(1, outputs) * words.width(), 64);
  }

  /**
   * Evaluates some concepts together.
   *
   * @param active indices of the concepts, ascending
   * @param points one point per active concept
   * @return one entry per active concept
   */
  public List<Sums> evaluate(int[] active, List<float[]> points) {
    Sum[] sums = new Sum[active.length];
    for (int k = 0; k < active.length; k++) {
      sums[k] = new Sum(points.get(k).length);
    }
    try (NDManager manager = TorchEngine.newManager()) {
      NDArray w = stack(manager, active, points);
      NDArray b = manager.create(biases(active, points));
      ProbeHeads.Groups groups = heads.groups(active);
      for (int first = 0; first < words.rows(); first += words.blockRows()) {
        try (NDManager block = manager.newSubManager()) {
          int count = words.blockCount(first);
          ProbeHeads.Codes codes = heads.codes(active, first, count);
          add(
              program.call(
                  block,
                  "evaluate",
                  rows(block, first),
                  w,
                  b,
                  block.create(codes.values(), new Shape(active.length, count)),
                  codes.complete(),
                  groups.counts(),
                  groups.sizes(),
                  groups.widths()),
              active,
              sums);
        }
      }
    }
    return Arrays.stream(sums).map(sum -> new Sums(sum.loss, sum.gradient)).toList();
  }

  /**
   * Probabilities of the classes of one concept.
   *
   * @param values by class, then by word: of every stride-th word, from the first on
   */
  record Probabilities(float[][] values, int stride) {}

  /** Of one concept, for all words or, where they are very many, some of them. */
  Probabilities probabilities(int head, float[] point) {
    int size = heads.sizes()[head];
    long most = Math.clamp(MOST_PROBABILITIES / size, 1, MOST_WORDS);
    int stride = (int) ((words.rows() + most - 1) / most);
    float[][] values = new float[size][(words.rows() + stride - 1) / stride];
    try (NDManager manager = TorchEngine.newManager()) {
      NDArray w = stack(manager, new int[] {head}, List.of(point));
      NDArray b = manager.create(biases(new int[] {head}, List.of(point)));
      for (int first = 0; first < words.rows(); first += words.blockRows()) {
        int taken = (first + stride - 1) / stride; // of the blocks before
        int offset = taken * stride - first;
        if (offset < words.blockCount(first)) {
          try (NDManager block = manager.newSubManager()) {
            NDArray p =
                program
                    .call(block, "probabilities", rows(block, first), w, b, offset, stride)
                    .singletonOrThrow();
            copyRows(p, values, taken);
          }
        }
      }
    }
    return new Probabilities(values, stride);
  }

  private static void copyRows(NDArray from, float[][] to, int position) {
    try {
      MemorySegment values = TorchEngine.memory(from);
      int length = (int) from.getShape().get(1);
      for (int row = 0; row < to.length; row++) {
        MemorySegment.copy(
            values, ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * row * length, to[row], position, length);
      }
    } finally {
      Reference.reachabilityFence(from);
    }
  }

  /**
   * The product of a matrix with itself, x x'.
   *
   * @param x height x length float32, row-major, native
   * @return height x height, row-major
   */
  float[] gram(MemorySegment x, int height, int length) {
    try (NDManager manager = TorchEngine.newManager()) {
      NDArray values = TorchEngine.view(manager, x, new Shape(height, length));
      return program.call(manager, "gram", values).singletonOrThrow().toFloatArray();
    }
  }

  /**
   * The two matrix products of an evaluation and nothing else, to measure the kernels by.
   *
   * @return floating-point operations done
   */
  public double products() {
    int outputs = Arrays.stream(heads.sizes()).sum();
    try (NDManager manager = TorchEngine.newManager()) {
      NDArray w = weights(manager, outputs);
      NDArray g = manager.ones(new Shape(outputs, words.blockRows()));
      for (int first = 0; first < words.rows(); first += words.blockRows()) {
        try (NDManager block = manager.newSubManager()) {
          NDArray x = rows(block, first);
          int count = words.blockCount(first);
          NDArray residuals =
              count == words.blockRows() ? g : block.ones(new Shape(outputs, count));
          program.call(block, "products", x, w, residuals);
        }
      }
    }
    return 4.0 * words.rows() * words.width() * outputs;
  }

  private NDArray rows(NDManager manager, int first) {
    return TorchEngine.view(
        manager, words.block(first), new Shape(words.blockCount(first), words.width()));
  }

  /** Lays the weights of all points below one another. */
  private NDArray stack(NDManager manager, int[] active, List<float[]> points) {
    long offset = 0;
    for (int k = 0; k < active.length; k++) {
      int length = heads.sizes()[active[k]] * words.width();
      MemorySegment.copy(points.get(k), 0, weights, ValueLayout.JAVA_FLOAT, offset, length);
      offset += 4L * length;
    }
    return weights(manager, heads.outputs(active));
  }

  private NDArray weights(NDManager manager, int outputs) {
    return TorchEngine.view(
        manager,
        weights.asSlice(0, 4L * outputs * words.width()),
        new Shape(outputs, words.width()));
  }

  private float[] biases(int[] active, List<float[]> points) {
    float[] biases = new float[heads.outputs(active)];
    int offset = 0;
    for (int k = 0; k < active.length; k++) {
      int size = heads.sizes()[active[k]];
      System.arraycopy(points.get(k), size * words.width(), biases, offset, size);
      offset += size;
    }
    return biases;
  }

  private void add(NDList results, int[] active, Sum[] sums) {
    double[] losses = results.get(0).toDoubleArray();
    NDArray gradient = results.get(1);
    double[] biases = results.get(2).toDoubleArray();
    try {
      MemorySegment values = TorchEngine.memory(gradient);
      int output = 0;
      for (int k = 0; k < active.length; k++) {
        int size = heads.sizes()[active[k]];
        sums[k].loss += losses[k];
        sums[k].addWeights(values, (long) output * words.width(), size * words.width());
        sums[k].addBiases(biases, output, size);
        output += size;
      }
    } finally {
      Reference.reachabilityFence(gradient);
    }
  }

  /** Grows from block to block. */
  private static final class Sum {
    private final double[] gradient;
    private double loss;

    Sum(int length) {
      gradient = new double[length];
    }

    void addWeights(MemorySegment values, long first, int length) {
      Vectors.each(
          length,
          (from, to) -> {
            float[] part = new float[to - from];
            MemorySegment.copy(
                values, ValueLayout.JAVA_FLOAT_UNALIGNED, 4 * (first + from), part, 0, part.length);
            for (int i = 0; i < part.length; i++) {
              gradient[from + i] += part[i];
            }
          });
    }

    void addBiases(double[] biases, int first, int size) {
      for (int c = 0; c < size; c++) {
        gradient[gradient.length - size + c] += biases[first + c];
      }
    }
  }

  @Override
  public void close() {
    program.close();
    arena.close();
  }
}
