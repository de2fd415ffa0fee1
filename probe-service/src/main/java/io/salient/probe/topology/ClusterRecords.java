package io.salient.probe.topology;

import io.salient.lca.LayerMap;
import io.salient.probe.training.Clustering;
import io.salient.probe.training.FitJob;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.Neuron;
import io.salient.schemas.avro.NeuronCluster;
import io.salient.schemas.avro.NeuronClusters;
import java.util.Arrays;

/** Clusters of neurons as a record; 65,535 neurons take 700 KB at most. */
final class ClusterRecords {
  private ClusterRecords() {}

  static NeuronClusters of(FitJob job, Clustering.Clusters clusters) {
    ExtractionStarted started = job.started();
    LayerMap neurons = clusters.neurons();
    return NeuronClusters.newBuilder()
        .setRun(started.getRun())
        .setStep(started.getStep())
        .setCheckpointId(started.getCheckpointId())
        .setThreshold(clusters.threshold())
        .setWords(clusters.words())
        .setClusters(
            clusters.clusters().stream()
                .map(
                    cluster ->
                        new NeuronCluster(
                            Arrays.stream(cluster.neurons())
                                .mapToObj(neuron -> neuron(neurons, neuron))
                                .toList(),
                            neuron(neurons, cluster.representative())))
                .toList())
        .setProblem(clusters.problem())
        .setSeconds(clusters.seconds())
        .setProvenance(started.getProvenance())
        .setAnnouncedAt(started.getAnnouncedAt())
        .build();
  }

  private static Neuron neuron(LayerMap neurons, int index) {
    return new Neuron(neurons.layerOf(index), neurons.unitOf(index));
  }
}
