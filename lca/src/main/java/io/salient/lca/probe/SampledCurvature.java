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
    CurvatureBlock[] blocks = new CurvatureBlock[neurons.length];
    for (int c = 0; c < blocks.length; c++) {
      RowSample sample = RowSample.of(weights[c], rows(neurons[c].length));
      blocks[c] = new CurvatureBlock(neurons[c], second(sample, stride, neurons[c], taking));
    }
    return blocks;
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

  /** Mean of the weighted outer products, the bias last. */
  private float[] second(RowSample sample, int stride, int[] neurons, int taking) {
    int size = neurons.length + 1;
    int rows = sample.rows().length;
    if (rows == 0) {
      return new float[size * size];
    }
    try (Arena arena = Arena.ofShared()) {
      MemorySegment gathered = arena.allocate(4L * rows * size, 64);
      IntStream.range(0, rows)
          .parallel()
          .forEach(i -> gather(sample, i, stride, neurons, taking, gathered));
      return net.gram(gathered, rows, size);
    }
  }

  private void gather(
      RowSample sample, int i, int stride, int[] neurons, int taking, MemorySegment gathered) {
    float scale = (float) Math.sqrt((double) sample.weights()[i] / taking);
    long row = (long) sample.rows()[i] * stride * words.width();
    long to = (long) i * (neurons.length + 1);
    MemorySegment values = words.values();
    for (int j = 0; j < neurons.length; j++) {
      float value = values.getAtIndex(ValueLayout.JAVA_FLOAT, row + neurons[j]);
      gathered.setAtIndex(ValueLayout.JAVA_FLOAT, to + j, scale * value);
    }
    gathered.setAtIndex(ValueLayout.JAVA_FLOAT, to + neurons.length, scale);
  }
}
