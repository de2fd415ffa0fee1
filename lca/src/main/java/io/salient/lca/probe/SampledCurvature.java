package io.salient.lca.probe;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;

/**
 * Measures the curvature of each class, sum of p (1 - p) x x' over the words, on a few words that
 * stand for all: where a class is certain p (1 - p) is next to nothing, and a spectrum needs only a
 * few words per neuron. So a block costs the same however many words there are.
 */
final class SampledCurvature {
  private static final int ROWS_PER_NEURON = 8;
  private static final int FEWEST_ROWS = 300;
  private static final int NEURONS_AT_ONCE = 16;
  private static final int WORDS_AT_ONCE = 64;

  private final TrainWords words;
  private final ElasticNet net;
  private final int head;
  private final int[] classOfWord;

  /** Of one concept. */
  SampledCurvature(TrainWords words, ElasticNet net, int head, int[] classOfWord) {
    this.words = words;
    this.net = net;
    this.head = head;
    this.classOfWord = classOfWord;
  }

  /** Words that stand for all in a block of so many neurons. */
  static int rows(int neurons) {
    return Math.max(FEWEST_ROWS, ROWS_PER_NEURON * (neurons + 1));
  }

  /** As {@link Curvature#blocks}. */
  CurvatureBlock[] blocks(float[] point, int[][] neurons) {
    ElasticNet.Probabilities probabilities = net.probabilities(head, point);
    float[][] weights = probabilities.values();
    int stride = probabilities.stride();
    int taking = weigh(weights, stride);
    RowSample[] samples = new RowSample[neurons.length];
    classes(neurons).forEach(c -> samples[c] = RowSample.of(weights[c], rows(neurons[c].length)));
    CurvatureBlock[] blocks = new CurvatureBlock[neurons.length];
    try (Arena arena = Arena.ofShared()) {
      long most = classes(neurons).mapToLong(c -> padded(samples[c], neurons[c])).max().orElse(0);
      MemorySegment gathered = arena.allocate(4 * most, 64);
      for (int c = 0; c < neurons.length; c++) {
        float[] second = second(samples[c], stride, neurons[c], taking, gathered);
        blocks[c] = new CurvatureBlock(neurons[c], second, height(neurons[c]));
      }
    }
    return blocks;
  }

  private static IntStream classes(int[][] neurons) {
    return IntStream.range(0, neurons.length).parallel();
  }

  /**
   * Turns p into p (1 - p), 0 for words that take no part.
   *
   * @return how many take part
   */
  private int weigh(float[][] p, int stride) {
    IntStream.range(0, p.length)
        .parallel()
        .forEach(
            c -> {
              float[] of = p[c];
              for (int i = 0; i < of.length; i++) {
                of[i] = classOfWord[i * stride] < 0 ? 0 : of[i] * (1 - of[i]);
              }
            });
    return (int) IntStream.range(0, p[0].length).filter(i -> classOfWord[i * stride] >= 0).count();
  }

  /**
   * Neurons and the bias, filled up so that few shapes are met: the kernels are made shape by
   * shape.
   */
  private static int height(int[] neurons) {
    return filledUp(neurons.length + 1, NEURONS_AT_ONCE);
  }

  private static int length(RowSample sample) {
    return filledUp(sample.rows().length, WORDS_AT_ONCE);
  }

  private static int filledUp(int count, int multiple) {
    return (count + multiple - 1) / multiple * multiple;
  }

  private static long padded(RowSample sample, int[] neurons) {
    return (long) height(neurons) * length(sample);
  }

  /**
   * Mean of the weighted outer products, the bias behind the neurons; with the stride of height.
   */
  private float[] second(
      RowSample sample, int stride, int[] neurons, int taking, MemorySegment gathered) {
    int height = height(neurons);
    int length = length(sample);
    if (length == 0) {
      return new float[height * height];
    }
    MemorySegment values = gathered.asSlice(0, 4L * height * length);
    IntStream.range(0, length / WORDS_AT_ONCE)
        .parallel()
        .forEach(tile -> gather(sample, tile * WORDS_AT_ONCE, stride, neurons, taking, values));
    return net.gram(values, height, length);
  }

  /**
   * Some words, each a column, so that the product needs no transposition; zero beyond the last.
   */
  private void gather(
      RowSample sample, int first, int stride, int[] neurons, int taking, MemorySegment to) {
    float[] tile = new float[height(neurons) * WORDS_AT_ONCE];
    int count = Math.min(WORDS_AT_ONCE, sample.rows().length - first);
    MemorySegment values = words.values();
    for (int i = 0; i < count; i++) {
      float scale = (float) Math.sqrt((double) sample.weights()[first + i] / taking);
      long row = (long) sample.rows()[first + i] * stride * words.width();
      for (int j = 0; j < neurons.length; j++) {
        float value = values.getAtIndex(ValueLayout.JAVA_FLOAT, row + neurons[j]);
        tile[j * WORDS_AT_ONCE + i] = scale * value;
      }
      tile[neurons.length * WORDS_AT_ONCE + i] = scale;
    }
    for (int j = 0; j < height(neurons); j++) {
      long at = 4 * ((long) j * length(sample) + first);
      MemorySegment.copy(tile, j * WORDS_AT_ONCE, to, ValueLayout.JAVA_FLOAT, at, WORDS_AT_ONCE);
    }
  }
}
