package io.salient.probe.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.probe.PlantedCheckpoint;
import io.salient.schemas.avro.Neuron;
import io.salient.schemas.avro.NeuronCluster;
import io.salient.schemas.avro.NeuronClusters;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters of neurons, from blocks to a record of the probes topic. */
class ClustersTest {
  @TempDir Path folder;

  @Test
  void shouldPutNeuronsThatSayTheSameIntoOneCluster() {
    // given: all neurons share a signal, but what the planted one adds drowns it there
    PlantedCheckpoint checkpoint = new PlantedCheckpoint(0);
    try (ProbeDriver driver =
        new ProbeDriver(folder, ProbeDriver.Options.DEFAULTS.withClusters(0.65))) {
      // when: rows come in, with provisional fits on the way
      driver.send(checkpoint.started());
      checkpoint.blocks().forEach(block -> driver.send(block).settle());

      // then: one record, of all rows
      assertThat(driver.clusters(0)).hasSize(1);
      NeuronClusters clusters = driver.clusters(0).getFirst();
      assertThat(clusters.getWords()).isEqualTo(PlantedCheckpoint.WORDS);
      assertThat(clusters.getThreshold()).isEqualTo(0.65);
      assertThat(clusters.getCheckpointId()).isEqualTo(checkpoint.id());
      assertThat(clusters.getProblem()).isEmpty();
      assertThat(clusters.getClusters())
          .hasSizeBetween(2, PlantedCheckpoint.WIDTH - 1)
          .contains(new NeuronCluster(List.of(new Neuron(1, 2)), new Neuron(1, 2)));
      assertThat(clusters.getClusters().stream().flatMap(c -> c.getNeurons().stream()))
          .hasSize(PlantedCheckpoint.WIDTH)
          .doesNotHaveDuplicates();
      assertThat(clusters.getClusters())
          .allMatch(cluster -> cluster.getNeurons().contains(cluster.getRepresentative()));
    }
  }

  @Test
  void shouldClusterNothingUnlessAskedTo() {
    try (ProbeDriver driver = new ProbeDriver(folder)) {
      driver.sendAll(new PlantedCheckpoint(0)).settle();

      assertThat(driver.clusters(0)).isEmpty();
    }
  }
}
