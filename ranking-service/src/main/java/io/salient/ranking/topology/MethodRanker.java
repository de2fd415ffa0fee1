package io.salient.ranking.topology;

import io.salient.lca.ranking.LabelRanking;
import io.salient.lca.ranking.LcaRanker;
import io.salient.lca.ranking.NeuronRanking;
import io.salient.lca.ranking.NeuroxRanker;
import io.salient.lca.ranking.ProbedNeurons;
import io.salient.lca.ranking.RankingMethod;
import io.salient.schemas.LevelCodec;
import io.salient.schemas.WeightCodec;
import io.salient.schemas.avro.ProbeReport;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The ranking over all labels, from the labels' rows one after the other. */
interface MethodRanker {
  /** Takes a label into the union. */
  void add(float[] weights, LabelRanking label);

  /** The ranking of what was added; empty when no label ranked anything. */
  Optional<NeuronRanking> ranking();

  /**
   * The union that a method defines: its own for contribution, neurox and probeless, that of LCA,
   * with scores for weights, for all others.
   *
   * @param report names a method that there is, and tells what else is known of the neurons
   */
  static MethodRanker of(ProbeReport report) {
    int width = ProbeChecks.width(report);
    ProbedNeurons neurons = neurons(report);
    return switch (RankingMethod.of(report.getMethod())) {
      case CONTRIBUTION -> contribution(neurons);
      case NEUROX -> neurox(new NeuroxRanker(width));
      case PROBELESS -> new Distances(width);
      case LCA, MEAN_SELECT, GAUSSIAN, IOU, AVERAGE_PRECISION ->
          lca(new LcaRanker(width), neurons.entryLevels());
    };
  }

  private static ProbedNeurons neurons(ProbeReport report) {
    ByteBuffer contributions = report.getContributions();
    return new ProbedNeurons(
        WeightCodec.decode(contributions, contributions.remaining() / Float.BYTES),
        LevelCodec.decode(report.getEntryLevels()));
  }

  /** The probe service has added up what labels say. */
  private static MethodRanker contribution(ProbedNeurons neurons) {
    return new MethodRanker() {
      @Override
      public void add(float[] weights, LabelRanking label) {}

      @Override
      public Optional<NeuronRanking> ranking() {
        return NeuronRanking.ofContributions(neurons);
      }
    };
  }

  private static MethodRanker lca(LcaRanker ranker, float[] entryLevels) {
    return new MethodRanker() {
      @Override
      public void add(float[] weights, LabelRanking label) {
        ranker.add(label);
      }

      @Override
      public Optional<NeuronRanking> ranking() {
        return ranker.ranking(entryLevels);
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
