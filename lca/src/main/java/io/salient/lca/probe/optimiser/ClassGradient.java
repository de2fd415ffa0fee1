package io.salient.lca.probe.optimiser;

import ai.djl.ndarray.NDArray;
import io.salient.torch.TorchEngine;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The gradient of the summed loss, grown from block to block.
 *
 * @param weights by class: D values
 * @param biases by class
 */
record ClassGradient(float[][] weights, double[] biases) {
  static ClassGradient of(int classes, int width) {
    return new ClassGradient(new float[classes][width], new double[classes]);
  }

  void clear() {
    Arrays.fill(biases, 0);
    Arrays.stream(weights).parallel().forEach(row -> Arrays.fill(row, 0));
  }

  /**
   * Adds what one block of words gives.
   *
   * @param gradient of the weights, C x D
   * @param ofBiases C of float64
   * @param from class that the first of these is
   */
  void add(NDArray gradient, NDArray ofBiases, int from) {
    double[] more = ofBiases.toDoubleArray();
    for (int c = 0; c < more.length; c++) {
      biases[from + c] += more[c];
    }
    try {
      MemorySegment values = TorchEngine.memory(gradient);
      IntStream.range(0, more.length)
          .parallel()
          .forEach(c -> add(weights[from + c], values, 4L * c * weights[from + c].length));
    } finally {
      Reference.reachabilityFence(gradient);
    }
  }

  private static void add(float[] to, MemorySegment values, long offset) {
    float[] part = new float[to.length];
    MemorySegment.copy(values, ValueLayout.JAVA_FLOAT_UNALIGNED, offset, part, 0, part.length);
    for (int d = 0; d < part.length; d++) {
      to[d] += part[d];
    }
  }

  /** Some of the classes. */
  ClassGradient keep(int[] classes) {
    return new ClassGradient(
        Arrays.stream(classes).mapToObj(c -> weights[c]).toArray(float[][]::new),
        Arrays.stream(classes).mapToDouble(c -> biases[c]).toArray());
  }
}
