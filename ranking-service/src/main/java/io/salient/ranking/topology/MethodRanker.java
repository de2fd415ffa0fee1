package io.salient.ranking.topology;

import io.salient.lca.ranking.LabelRanking;
import io.salient.lca.ranking.LcaRanker;
import io.salient.lca.ranking.NeuronRanking;
import io.salient.lca.ranking.NeuroxRanker;
import io.salient.lca.ranking.RankingMethod;
import java.util.Optional;

/** The ranking over all labels, from the labels' rows one after the other. */
interface MethodRanker {
  /** Takes a label into the union. */
  void add(float[] weights, LabelRanking label);

  /** The ranking of what was added; empty when no label ranked anything. */
  Optional<NeuronRanking> ranking();

  /**
   * The union that a method defines: its own for neurox and probeless, that of LCA, with scores for
   * weights, for all others.
   *
   * @param method name of a method that there is
   */
  static MethodRanker of(String method, int width) {
    return switch (RankingMethod.of(method)) {
      case NEUROX -> neurox(new NeuroxRanker(width));
      case PROBELESS -> new Distances(width);
      case LCA, MEAN_SELECT, GAUSSIAN, IOU, AVERAGE_PRECISION -> lca(new LcaRanker(width));
    };
  }

  private static MethodRanker lca(LcaRanker ranker) {
    return new MethodRanker() {
      @Override
      public void add(float[] weights, LabelRanking label) {
        ranker.add(label);
      }

      @Override
      public Optional<NeuronRanking> ranking() {
        return ranker.ranking();
      }
    };
  }

  private static MethodRanker neurox(NeuroxRanker ranker) {
    return new MethodRanker() {
      @Override
      public void add(float[] weights, LabelRanking label) {
        ranker.add(weights);
      }

      @Override
      public Optional<NeuronRanking> ranking() {
        return ranker.ranking();
      }
    };
  }

  /** Probeless: half the sum of the labels' sums of distances is that over all pairs. */
  final class Distances implements MethodRanker {
    private final double[] sums;
    private int labels;

    Distances(int width) {
      sums = new double[width];
    }

    @Override
    public void add(float[] weights, LabelRanking label) {
      labels += label.size() == 0 ? 0 : 1;
      for (int neuron = 0; neuron < sums.length; neuron++) {
        sums[neuron] += weights[neuron] / 2.0;
      }
    }

    @Override
    public Optional<NeuronRanking> ranking() {
      float[] saliences = new float[sums.length];
      for (int neuron = 0; neuron < sums.length; neuron++) {
        saliences[neuron] = (float) sums[neuron];
      }
      return labels == 0 ? Optional.empty() : Optional.of(NeuronRanking.ofSaliences(saliences));
    }
  }
}
