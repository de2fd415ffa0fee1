package io.salient.lca.probe.optimiser;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;

/**
 * Measures the curvature of a class, mean of p (1 - p) x x' over the words, on a few words that
 * stand for all: where a class is certain p (1 - p) is next to nothing, and a spectrum needs only a
 * few words per neuron. So a block costs the same however many words there are. For the sampled
 * Hessian see Xu et al., NeurIPS 2016.
 */
final class SampledCurvature implements AutoCloseable {
  private static final int ROWS_PER_NEURON = 3;
  private static final int FEWEST_ROWS = 300;

  /**
   * Neurons and the bias are filled up to a multiple, and words with them, so that few shapes are
   * met: the kernels are made shape by shape.
   */
  private static final int NEURONS_AT_ONCE = 16;

  private static final int WORDS_AT_ONCE = 64;

  /**
   * A word that is badly wrong counts as much as one that is right by 1 - LEAST: its own curvature
   * is next to nothing, and a step that trusts it leads far too far.
   */
  private static final float LEAST = 0.3f;

  private final SoftmaxLoss loss;
  private final Arena arena = Arena.ofShared();
  private MemorySegment gathered = MemorySegment.NULL;

  SampledCurvature(SoftmaxLoss loss) {
    this.loss = loss;
  }

  /**
   * Words that stand for all in the model of a class.
   *
   * @param neurons the working set, ascending
   * @param rows the words, and what each counts
   */
  record Sample(int[] neurons, RowSample rows) {
    /**
     * Chooses words.
     *
     * @param residuals p - y of each word, 0 for one that takes no part
     */
    static Sample of(float[] residuals, int[] neurons) {
      float[] weights = new float[residuals.length];
      for (int i = 0; i < weights.length; i++) {
        float wrong = Math.abs(residuals[i]);
        weights[i] = wrong * Math.max(1 - wrong, LEAST);
      }
      return new Sample(neurons, RowSample.of(weights, wanted(neurons)));
    }

    private static int wanted(int[] neurons) {
      return FEWEST_ROWS + ROWS_PER_NEURON * height(neurons);
    }

    private static int height(int[] neurons) {
      return filledUp(neurons.length + 1, NEURONS_AT_ONCE);
    }

    private int height() {
      return height(neurons);
    }

    private int length() {
      return filledUp(Math.max(wanted(neurons), rows.rows().length), WORDS_AT_ONCE);
    }
  }

  /**
   * Measures a class.
   *
   * @param words how many take part in its head
   */
  CurvatureBlock block(Sample sample, int words, double l2) {
    float[] second = gram(sample.rows, words, sample.neurons, sample.height(), sample.length());
    return new CurvatureBlock(sample.neurons, loss.rows().width(), second, sample.height(), l2);
  }

  private static int filledUp(int count, int multiple) {
    return (count + multiple - 1) / multiple * multiple;
  }

  private float[] gram(RowSample sample, int words, int[] neurons, int height, int length) {
    long bytes = 4L * height * length;
    if (gathered.byteSize() < bytes) {
      gathered = arena.allocate(Math.max(bytes, 2 * gathered.byteSize()), 64);
    }
    MemorySegment values = gathered.asSlice(0, bytes);
    IntStream.range(0, length / WORDS_AT_ONCE)
        .parallel()
        .forEach(
            tile -> gather(sample, tile * WORDS_AT_ONCE, words, neurons, height, length, values));
    return loss.gram(values, height, length);
  }

  /**
   * Some words, each a column, so that the product needs no transposition; zero beyond the last.
   */
  private void gather(
      RowSample sample,
      int first,
      int words,
      int[] neurons,
      int height,
      int length,
      MemorySegment to) {
    float[] tile = new float[height * WORDS_AT_ONCE];
    int count = Math.clamp(sample.rows().length - first, 0, WORDS_AT_ONCE);
    MemorySegment values = loss.rows().values();
    for (int i = 0; i < count; i++) {
      float scale = (float) Math.sqrt((double) sample.weights()[first + i] / words);
      long row = (long) sample.rows()[first + i] * loss.rows().width();
      for (int j = 0; j < neurons.length; j++) {
        float value = values.getAtIndex(ValueLayout.JAVA_FLOAT, row + neurons[j]);
        tile[j * WORDS_AT_ONCE + i] = scale * value;
      }
      tile[neurons.length * WORDS_AT_ONCE + i] = scale;
    }
    for (int j = 0; j < height; j++) {
      long at = 4 * ((long) j * length + first);
      MemorySegment.copy(tile, j * WORDS_AT_ONCE, to, ValueLayout.JAVA_FLOAT, at, WORDS_AT_ONCE);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
