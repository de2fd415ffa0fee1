package io.salient.lca.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.salient.lca.ActivationMatrix;
import io.salient.lca.StandardizedRows;
import io.salient.lca.Standardizer;
import io.salient.lca.probe.optimiser.SoftmaxProgram;
import io.salient.torch.TorchEngine;
import io.salient.torch.TorchProgram;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleConsumer;

/**
 * What probes say about words, block by block and for all probes in one matrix product: memory does
 * not grow with the number of words.
 */
final class Predictions {
  private final List<Probe> probes;
  private final int width;

  /** The label of each output, probe by probe. */
  private final List<int[]> labels = new ArrayList<>();

  private Predictions(List<Probe> probes, int width) {
    this.probes = probes;
    this.width = width;
    for (Probe probe : probes) {
      labels.add(fitted(probe));
    }
  }

  private static int[] fitted(Probe probe) {
    int[] all = new int[probe.weights().length];
    int count = 0;
    for (int label = 0; label < all.length; label++) {
      if (probe.weights()[label] != null) {
        all[count++] = label;
      }
    }
    return Arrays.copyOf(all, count);
  }

  /**
   * The label with the highest score, the first of equals.
   *
   * @param done told the share of the words that is done
   * @return probes x rows label codes
   */
  static int[][] of(
      List<Probe> probes,
      ActivationMatrix matrix,
      Standardizer standardizer,
      int[] rows,
      DoubleConsumer done) {
    return new Predictions(probes, matrix.width()).run(matrix, standardizer, rows, done);
  }

  private int[][] run(
      ActivationMatrix matrix, Standardizer standardizer, int[] rows, DoubleConsumer done) {
    int[][] predicted = new int[probes.size()][rows.length];
    int outputs = labels.stream().mapToInt(fitted -> fitted.length).sum();
    if (rows.length == 0 || outputs == 0) {
      return predicted;
    }
    try (Arena arena = Arena.ofShared();
        TorchProgram program = TorchProgram.compile("softmax heads", SoftmaxProgram.SOURCE);
        NDManager manager = TorchEngine.newManager()) {
      NDArray weights = weights(manager, arena, outputs);
      NDArray bias = manager.create(biases(outputs));
      StandardizedRows.each(
          matrix,
          standardizer,
          rows,
          (words, first, count) -> {
            try (NDManager local = manager.newSubManager()) {
              NDArray x = TorchEngine.view(local, words, new Shape(count, width));
              float[] scores =
                  program.call(local, "logits", x, weights, bias).singletonOrThrow().toFloatArray();
              choose(scores, outputs, predicted, first, count);
            }
            done.accept((double) (first + count) / rows.length);
          });
    }
    return predicted;
  }

  private NDArray weights(NDManager manager, Arena arena, int outputs) {
    MemorySegment memory = arena.allocate(4L * outputs * width, 64);
    long offset = 0;
    for (int k = 0; k < probes.size(); k++) {
      for (int label : labels.get(k)) {
        float[] row = probes.get(k).weights()[label];
        MemorySegment.copy(row, 0, memory, ValueLayout.JAVA_FLOAT, offset, width);
        offset += 4L * width;
      }
    }
    return TorchEngine.view(manager, memory, new Shape(outputs, width));
  }

  private float[] biases(int outputs) {
    float[] biases = new float[outputs];
    int output = 0;
    for (int k = 0; k < probes.size(); k++) {
      for (int label : labels.get(k)) {
        biases[output++] = probes.get(k).bias()[label];
      }
    }
    return biases;
  }

  private void choose(float[] scores, int outputs, int[][] predicted, int first, int count) {
    for (int i = 0; i < count; i++) {
      int offset = i * outputs;
      for (int k = 0; k < predicted.length; k++) {
        int[] of = labels.get(k);
        int best = 0;
        for (int c = 1; c < of.length; c++) {
          best = scores[offset + c] > scores[offset + best] ? c : best;
        }
        predicted[k][first + i] = of.length == 0 ? -1 : of[best];
        offset += of.length;
      }
    }
  }
}
