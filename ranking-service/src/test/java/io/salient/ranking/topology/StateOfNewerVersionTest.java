package io.salient.ranking.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.ranking.Probes;
import io.salient.schemas.TopicSerdes;
import io.salient.schemas.Topics;
import io.salient.streams.state.StateFormatException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.InMemoryKeyValueStore;
import org.junit.jupiter.api.Test;

/** F25: state of a newer version is left alone. */
class StateOfNewerVersionTest {
  private final Map<String, Surviving> stores = new HashMap<>();

  @Test
  void shouldRefuseStoresOfANewerVersion() {
    // given
    Topics topics = new Topics("salient");
    try (TopologyTestDriver driver = driver(topics)) {
      TestInputTopic<String, byte[]> probes =
          driver.createInputTopic(
              topics.probes(), new StringSerializer(), new ByteArraySerializer());
      Probes fit = Probes.atStep(0);
      fit.records()
          .forEach(record -> probes.pipeInput(fit.key(), TopicSerdes.probes().encode(record)));
      KeyValueStore<String, String> formats = driver.getKeyValueStore(RankingStores.FORMATS);
      assertThat(formats.approximateNumEntries()).isEqualTo(12);
      formats.put("salient-ranking-orders/order.3", "9.0.0");
    }

    // when, then
    assertThatThrownBy(() -> driver(topics))
        .rootCause()
        .isInstanceOf(StateFormatException.class)
        .hasMessageContaining(
            "state format order.3 of salient-ranking-orders, needs version 9.0.0 or newer");
  }

  private TopologyTestDriver driver(Topics topics) {
    RankingTopology topology =
        new RankingTopology(
            topics,
            100,
            Duration.ofHours(1),
            new RankingStores(Supplier::new),
            RankingMetrics.NONE);
    return new TopologyTestDriver(topology.build(), new Properties());
  }

  private final class Supplier implements KeyValueBytesStoreSupplier {
    private final String name;

    Supplier(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public KeyValueStore<Bytes, byte[]> get() {
      return stores.computeIfAbsent(name, Surviving::new);
    }

    @Override
    public String metricsScope() {
      return "memory";
    }
  }

  /** A store that outlives its topology. */
  private static final class Surviving extends InMemoryKeyValueStore {
    Surviving(String name) {
      super(name);
    }

    @Override
    public void close() {}
  }
}
