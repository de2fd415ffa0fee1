package io.salient.lca.clustering;

import io.salient.lca.ActivationMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleConsumer;
import smile.clustering.HierarchicalClustering;
import smile.clustering.linkage.UPGMALinkage;

/**
 * Clusters of neurons that say the same: average linkage (UPGMA) of the distance 1 - |correlation|,
 * cut at a distance, and of each cluster the neuron that stands for it.
 */
public final class NeuronClusters {
  private NeuronClusters() {}

  /**
   * One cluster.
   *
   * @param neurons indices g, ascending
   * @param representative the neuron with the highest mean |correlation| to the others of its
   *     cluster, the first of equals
   */
  public record Cluster(int[] neurons, int representative) {}

  /**
   * Clusters the neurons of a checkpoint.
   *
   * @param rows corpus word indices whose rows are there, at least one
   * @param threshold the largest mean distance at which two clusters still become one, 0 to 1, as
   *     NeuroX's clustering_threshold
   * @param done told the share of the words that is correlated; may throw to end it
   * @return clusters in the order of their first neurons; every neuron is in exactly one
   */
  public static List<Cluster> of(
      ActivationMatrix x, int[] rows, double threshold, DoubleConsumer done) {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("threshold " + threshold + " is not between 0 and 1");
    }
    float[] correlations = Correlations.of(x, rows, done);
    for (int i = 0; i < correlations.length; i++) {
      correlations[i] = Math.abs(correlations[i]);
    }
    return clusters(correlations, x.width(), threshold);
  }

  private static List<Cluster> clusters(float[] strengths, int width, double threshold) {
    List<Cluster> clusters = new ArrayList<>();
    for (int[] neurons : cut(strengths, width, threshold)) {
      clusters.add(new Cluster(neurons, representative(neurons, strengths, width)));
    }
    return clusters;
  }

  private static List<int[]> cut(float[] strengths, int width, double threshold) {
    if (width == 1) {
      return List.of(new int[] {0});
    }
    float[] distances = new float[strengths.length]; // the linkage overwrites them
    for (int i = 0; i < distances.length; i++) {
      distances[i] = 1 - strengths[i];
    }
    HierarchicalClustering tree = HierarchicalClustering.fit(new UPGMALinkage(width, distances));
    int[] parent = new int[2 * width - 1];
    Arrays.setAll(parent, node -> node);
    for (int merge = 0; merge < width - 1; merge++) {
      if (tree.getHeight()[merge] <= threshold) {
        parent[tree.getTree()[merge][0]] = width + merge;
        parent[tree.getTree()[merge][1]] = width + merge;
      }
    }
    for (int node = parent.length - 1; node >= 0; node--) {
      parent[node] = parent[parent[node]]; // those above are roots already
    }
    return byRoot(parent, width);
  }

  private static List<int[]> byRoot(int[] root, int width) {
    List<List<Integer>> clusters = new ArrayList<>();
    int[] clusterOf = new int[root.length];
    Arrays.fill(clusterOf, -1);
    for (int neuron = 0; neuron < width; neuron++) {
      if (clusterOf[root[neuron]] < 0) {
        clusterOf[root[neuron]] = clusters.size();
        clusters.add(new ArrayList<>());
      }
      clusters.get(clusterOf[root[neuron]]).add(neuron);
    }
    return clusters.stream()
        .map(neurons -> neurons.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  private static int representative(int[] neurons, float[] strengths, int width) {
    int best = neurons[0];
    double highest = -1;
    for (int neuron : neurons) {
      double sum = 0;
      for (int other : neurons) {
        sum +=
            strengths[Correlations.index(Math.min(neuron, other), Math.max(neuron, other), width)];
      }
      if (sum > highest) {
        highest = sum;
        best = neuron;
      }
    }
    return best;
  }
}
