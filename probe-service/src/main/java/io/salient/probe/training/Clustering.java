package io.salient.probe.training;

import io.salient.lca.LayerMap;
import io.salient.lca.clustering.Correlations;
import io.salient.lca.clustering.NeuronClusters;
import io.salient.lca.clustering.NeuronClusters.Cluster;
import io.salient.lca.evaluation.EvaluationData;
import io.salient.lca.probe.FitProgress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Clusters the neurons of final checkpoints, over all words that have a row.
 *
 * @param threshold mean distance up to which clusters become one; empty for no clusters
 */
public record Clustering(Optional<Double> threshold) {
  /** No clusters. */
  public static final Clustering NONE = new Clustering(Optional.empty());

  /**
   * What came of it.
   *
   * @param threshold in force
   * @param words that the correlations are over
   * @param clusters of neuron indices g; empty when there is a problem
   * @param neurons layer and unit of each index
   * @param problem why there are none; empty when there are
   * @param seconds it took
   */
  public record Clusters(
      double threshold,
      int words,
      List<Cluster> clusters,
      LayerMap neurons,
      String problem,
      double seconds) {
    /** Keeps a copy of the list. */
    public Clusters {
      clusters = List.copyOf(clusters);
    }
  }

  /** Clusters the neurons, where they are wanted. */
  Optional<Clusters> of(EvaluationData data, FitProgress progress) {
    return threshold.map(distance -> clusters(data, distance, progress));
  }

  private static Clusters clusters(EvaluationData data, double distance, FitProgress progress) {
    int width = data.matrix().width();
    String problem = "";
    if (width > Correlations.MOST_NEURONS) {
      problem =
          "%d neurons are too many to correlate each with each, at most %d: choose fewer layers"
              .formatted(width, Correlations.MOST_NEURONS);
    } else if (data.rows().length == 0) {
      problem = "no word has a row: there is nothing to correlate";
    }
    long start = System.nanoTime();
    List<Cluster> clusters =
        problem.isEmpty()
            ? NeuronClusters.of(
                data.matrix(), data.rows(), distance, share -> goOn(progress, share))
            : List.of();
    return new Clusters(
        distance,
        data.rows().length,
        clusters,
        data.layers(),
        problem,
        (System.nanoTime() - start) / 1e9);
  }

  private static void goOn(FitProgress progress, double share) {
    if (!progress.report(FitProgress.Phase.ANALYSE, share)) {
      throw new CancellationException();
    }
  }
}
