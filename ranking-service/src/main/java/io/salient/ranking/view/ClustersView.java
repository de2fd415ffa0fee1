package io.salient.ranking.view;

import io.salient.schemas.avro.Neuron;
import io.salient.schemas.avro.NeuronCluster;
import io.salient.schemas.avro.NeuronClusters;
import java.util.ArrayList;
import java.util.List;

/**
 * The neurons of one checkpoint in clusters of those that say the same.
 *
 * @param run training run
 * @param step training step
 * @param checkpointId SHA-256 of the weights
 * @param corpus file name of the corpus
 * @param threshold largest mean distance 1 - |correlation| at which two clusters became one
 * @param words that the correlations are over
 * @param clusters every neuron is in exactly one
 * @param problem why there are none; empty when there are
 * @param seconds it took
 */
public record ClustersView(
    String run,
    long step,
    String checkpointId,
    String corpus,
    double threshold,
    int words,
    List<Cluster> clusters,
    String problem,
    double seconds) {

  /**
   * One cluster.
   *
   * @param cluster its number, from 1 on, in the order of first neurons
   * @param neurons by layer and unit
   * @param representative the neuron that correlates most with the others
   */
  public record Cluster(int cluster, List<Place> neurons, Place representative) {}

  /**
   * A neuron.
   *
   * @param layer 0 is the output of the embeddings
   * @param unit 0 to H-1
   */
  public record Place(int layer, int unit) {
    static Place of(Neuron neuron) {
      return new Place(neuron.getLayer(), neuron.getUnit());
    }
  }

  /**
   * What the stream tells of clusters, which may be many.
   *
   * @param checkpointId SHA-256 of the weights
   * @param threshold in force
   * @param clusters how many there are
   * @param problem why there are none; empty when there are
   */
  public record Size(String checkpointId, double threshold, int clusters, String problem) {
    /** The size of a result. */
    public static Size of(NeuronClusters clusters) {
      return new Size(
          clusters.getCheckpointId(),
          clusters.getThreshold(),
          clusters.getClusters().size(),
          clusters.getProblem());
    }
  }

  /** The view of a result. */
  public static ClustersView of(NeuronClusters clusters) {
    List<Cluster> views = new ArrayList<>();
    for (NeuronCluster cluster : clusters.getClusters()) {
      views.add(
          new Cluster(
              views.size() + 1,
              cluster.getNeurons().stream().map(Place::of).toList(),
              Place.of(cluster.getRepresentative())));
    }
    return new ClustersView(
        clusters.getRun(),
        clusters.getStep(),
        clusters.getCheckpointId(),
        clusters.getProvenance().getCorpus(),
        clusters.getThreshold(),
        clusters.getWords(),
        views,
        clusters.getProblem(),
        clusters.getSeconds());
  }
}
