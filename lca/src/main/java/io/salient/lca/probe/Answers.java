package io.salient.lca.probe;

import io.salient.lca.ActivationMatrix;
import io.salient.lca.Standardizer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What probes answer for given words, block by block: needs the memory of one block. */
final class Answers {
  private final ElasticNet net;
  private final ActivationMatrix matrix;
  private final Standardizer standardizer;

  Answers(ElasticNet net, ActivationMatrix matrix, Standardizer standardizer) {
    this.net = net;
    this.matrix = matrix;
    this.standardizer = standardizer;
  }

  /**
   * The label code that each probe answers for each row.
   *
   * @return probes x rows label codes
   */
  int[][] of(List<Probe> probes, int[] rows) {
    int[][] answers = new int[probes.size()][rows.length];
    if (rows.length == 0 || probes.isEmpty()) {
      return answers;
    }
    int[][] labels = probes.stream().map(Answers::fittedLabels).toArray(int[][]::new);
    int width = matrix.width();
    try (Arena arena = Arena.ofShared()) {
      ElasticNet.Heads heads = heads(probes, labels, arena);
      MemorySegment block =
          arena.allocate(4L * Math.min(rows.length, ElasticNet.BLOCK) * width, 64);
      for (int first = 0; first < rows.length; first += ElasticNet.BLOCK) {
        int[] part =
            Arrays.copyOfRange(rows, first, Math.min(rows.length, first + ElasticNet.BLOCK));
        standardizer.read(matrix, part, block);
        long[] best = net.classes(block, part.length, width, heads);
        for (int i = 0; i < best.length; i++) {
          int k = i % probes.size();
          answers[k][first + i / probes.size()] = labels[k][(int) best[i]];
        }
      }
    }
    return answers;
  }

  private static int[] fittedLabels(Probe probe) {
    return IntStream.range(0, probe.weights().length)
        .filter(label -> probe.weights()[label] != null)
        .toArray();
  }

  private ElasticNet.Heads heads(List<Probe> probes, int[][] labels, Arena arena) {
    int outputs = Arrays.stream(labels).mapToInt(fitted -> fitted.length).sum();
    int width = matrix.width();
    MemorySegment weights = arena.allocate(4L * outputs * width, 64);
    float[] bias = new float[outputs];
    int output = 0;
    for (int k = 0; k < labels.length; k++) {
      for (int label : labels[k]) {
        MemorySegment.copy(
            probes.get(k).weights()[label],
            0,
            weights,
            ValueLayout.JAVA_FLOAT,
            4L * output * width,
            width);
        bias[output++] = probes.get(k).bias()[label];
      }
    }
    return new ElasticNet.Heads(
        weights, bias, Arrays.stream(labels).mapToLong(fitted -> fitted.length).toArray());
  }
}
