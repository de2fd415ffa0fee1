package io.salient.lca.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.salient.lca.probe.ConceptLabels;
import io.salient.lca.probe.Probe;
import io.salient.torch.TorchProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A probe whose neurons are switched on group by group, and how often it is right after each. */
final class MaskedProbe {
  private final ConceptLabels labels;
  private final int[] labelOfClass;
  private final List<NDArray> groups = new ArrayList<>();
  private final List<NDArray> weights = new ArrayList<>();
  private final NDArray bias;
  private final int[] right;
  private int words;

  /**
   * Lays out groups and weights.
   *
   * @param order neurons in the order in which they are kept
   * @param kept shares of the neurons, ascending: one group up to each
   * @param mean of each neuron, where the probe was fitted on activations as they are; else zeros
   */
  MaskedProbe(
      ConceptLabels labels,
      Probe probe,
      int[] order,
      double[] kept,
      double[] mean,
      NDManager manager) {
    right = new int[kept.length];
    this.labels = labels;
    labelOfClass =
        IntStream.range(0, probe.weights().length)
            .filter(label -> probe.weights()[label] != null)
            .toArray();
    float[][] rows =
        Arrays.stream(labelOfClass).mapToObj(l -> probe.weights()[l]).toArray(float[][]::new);
    int from = 0;
    for (double share : kept) {
      int to = Ablation.neurons(share, order.length);
      add(rows, Arrays.copyOfRange(order, from, to), manager);
      from = to;
    }
    bias = manager.create(biasAtMean(probe, rows, mean));
  }

  /** Neurons without a weight change no score and are left out. */
  private void add(float[][] rows, int[] neurons, NDManager manager) {
    int[] used =
        Arrays.stream(neurons)
            .filter(neuron -> Arrays.stream(rows).anyMatch(row -> row[neuron] != 0))
            .toArray();
    float[] values = new float[rows.length * used.length];
    for (int c = 0; c < rows.length; c++) {
      for (int i = 0; i < used.length; i++) {
        values[c * used.length + i] = rows[c][used[i]];
      }
    }
    groups.add(manager.create(Arrays.stream(used).asLongStream().toArray()));
    weights.add(manager.create(values, new Shape(rows.length, used.length)));
  }

  private float[] biasAtMean(Probe probe, float[][] rows, double[] mean) {
    float[] biases = new float[rows.length];
    for (int c = 0; c < rows.length; c++) {
      double sum = probe.bias()[labelOfClass[c]];
      for (int d = 0; d < mean.length; d++) {
        sum += rows[c][d] * mean[d];
      }
      biases[c] = (float) sum;
    }
    return biases;
  }

  /** Adds a block of words. */
  void measure(TorchProgram program, NDManager block, NDArray x, int[] rows, int first, int count) {
    long[] said =
        program.call(block, "curve", x, groups, weights, bias).singletonOrThrow().toLongArray();
    for (int i = 0; i < count; i++) {
      int label = labels.codes()[rows[first + i]];
      if (label >= 0) {
        words++;
        for (int k = 0; k < right.length; k++) {
          right[k] += labelOfClass[(int) said[k * count + i]] == label ? 1 : 0;
        }
      }
    }
  }

  /** Labelled words so far. */
  int words() {
    return words;
  }

  /** Share of them that is right with the first groups up to one. */
  double accuracy(int group) {
    return (double) right[group] / words;
  }
}
