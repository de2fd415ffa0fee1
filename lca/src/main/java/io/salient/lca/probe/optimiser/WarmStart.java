package io.salient.lca.probe.optimiser;

import io.salient.lca.probe.optimiser.ElasticNetFit.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Looks whether the starts that heads have are worth anything. Where a checkpoint has moved far,
 * the probe of the one before can be worse than no probe at all, and the way back longer than the
 * way from nothing.
 */
final class WarmStart {
  /** A start is worth it when its objective is at most this share of that of no weights. */
  private static final double WORTH = 0.6;

  private static final int FEWEST_ROWS = 1_024;
  private static final int PART = 8;

  private WarmStart() {}

  /** The heads, those with a bad start without it: judged on the first words. */
  static List<Head> worthy(SoftmaxLoss loss, List<Head> heads) {
    int[] warm = IntStream.range(0, heads.size()).filter(k -> heads.get(k).warm()).toArray();
    if (warm.length == 0) {
      return heads;
    }
    int all = loss.rows().rows();
    int count = Math.min(all, Math.max(FEWEST_ROWS, all / PART));
    List<Head> started = IntStream.of(warm).mapToObj(heads::get).toList();
    SoftmaxHeads of = ElasticNetFit.outputs(started);
    List<SoftmaxLoss.Sums> sums;
    try (SoftmaxLoss some = loss.first(count)) {
      sums = some.evaluate(of, started.stream().map(head -> head.fit().point()).toList());
    }
    List<Head> worthy = new ArrayList<>(heads);
    for (int i = 0; i < warm.length; i++) {
      int words = Math.max(1, of.words(i, count));
      double here = sums.get(i).loss() / words + penalty(started.get(i));
      if (!(here <= WORTH * entropy(started.get(i), count))) {
        worthy.set(warm[i], cold(started.get(i)));
      }
    }
    return worthy;
  }

  private static double penalty(Head head) {
    double sum = 0;
    for (float[] row : head.weights()) {
      sum += ClassRow.penalty(row, head.objective());
    }
    return sum;
  }

  /** Mean loss of the classes' shares as probabilities, which is the best without weights. */
  private static double entropy(Head head, int rows) {
    double[] counts = counts(head, rows);
    double words = sum(counts);
    double entropy = 0;
    for (double count : counts) {
      entropy -= count == 0 ? 0 : count / words * Math.log(count / words);
    }
    return entropy;
  }

  private static double[] counts(Head head, int rows) {
    double[] counts = new double[head.bias().length];
    for (int i = 0; i < rows; i++) {
      if (head.classes()[i] >= 0) {
        counts[head.classes()[i]]++;
      }
    }
    return counts;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static Head cold(Head head) {
    double[] counts = counts(head, head.classes().length);
    double words = sum(counts);
    float[][] weights = new float[head.weights().length][head.weights()[0].length];
    float[] bias = new float[counts.length];
    for (int c = 0; c < bias.length; c++) {
      bias[c] = (float) Math.log(Math.max(counts[c], 0.5) / words);
    }
    return new Head(head.classes(), weights, bias, false, head.objective(), head.goal());
  }
}
