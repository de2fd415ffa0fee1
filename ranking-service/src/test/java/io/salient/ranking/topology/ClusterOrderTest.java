package io.salient.ranking.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.ranking.Probes;
import io.salient.schemas.avro.Neuron;
import io.salient.schemas.avro.NeuronCluster;
import io.salient.schemas.avro.NeuronClusters;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterOrderTest {
  private final RankingDriver driver = new RankingDriver();

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void shouldCopyClustersToTheResults() {
    NeuronClusters clusters = Probes.atStep(20).clusters();

    driver.send("run", clusters);

    assertThat(driver.result("run/-/20/clusters")).isEqualTo(clusters);
  }

  @Test
  void shouldKeepThoseOfTheLaterAnnouncementWhateverTheOrder() {
    // given: step 20 was saved twice
    NeuronClusters first = Probes.atStep(20).announced(1).clusters();
    NeuronClusters second = Probes.atStep(20).ofCheckpoint("resaved").announced(2).clusters();

    // when
    driver.send("run", second).send("run", first);

    // then
    assertThat(driver.result("run/-/20/clusters")).isEqualTo(second);
    assertThat(driver.superseded).isEqualTo(1);
  }

  @Test
  void shouldRefuseClustersThatAreNone() {
    NeuronClusters good = Probes.atStep(20).clusters();
    NeuronCluster twice = new NeuronCluster(List.of(new Neuron(0, 0)), new Neuron(0, 0));
    NeuronCluster foreign = new NeuronCluster(List.of(new Neuron(0, 0)), new Neuron(2, 1));

    shouldRefuse("other", good);
    shouldRefuse("run", NeuronClusters.newBuilder(good).setClusters(List.of(twice, twice)).build());
    shouldRefuse("run", NeuronClusters.newBuilder(good).setClusters(List.of(foreign)).build());
    shouldRefuse("run", NeuronClusters.newBuilder(good).setThreshold(Double.NaN).build());
  }

  private void shouldRefuse(String key, NeuronClusters clusters) {
    driver.send(key, clusters);

    List<TestRecord<byte[], byte[]>> letters = driver.deadLetters();
    assertThat(letters).hasSize(1);
    assertThat(driver.results()).isEmpty();
  }
}
