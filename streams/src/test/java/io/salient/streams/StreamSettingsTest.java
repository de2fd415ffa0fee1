package io.salient.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.salient.streams.client.KafkaSettings;
import io.salient.streams.client.TopicSettings;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamSettingsTest {
  @TempDir Path folder;

  private StreamSettings settings() {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(TopicSettings.class)
            .withMapping(KafkaSettings.class)
            .withDefaultValue("salient.kafka.properties.\"security.protocol\"", "SSL")
            .build();
    return new StreamSettings(
        "probe",
        config.getConfigMapping(KafkaSettings.class),
        config.getConfigMapping(TopicSettings.class),
        "salient-probe",
        folder,
        2,
        Duration.ofMillis(100),
        Duration.ofSeconds(10));
  }

  @Test
  void shouldBeWhatKafkaStreamsTakes() {
    Properties properties = settings().properties();

    assertThat(new StreamsConfig(properties).originals())
        .contains(
            entry("security.protocol", "SSL"),
            entry("processing.guarantee", "exactly_once_v2"),
            entry("num.stream.threads", 2),
            entry("commit.interval.ms", 100L),
            entry("consumer.session.timeout.ms", 10_000),
            entry("consumer.heartbeat.interval.ms", 2_500));
  }

  @Test
  void shouldStayTheSameMemberOfTheGroup() {
    Object first = settings().properties().get("consumer.group.instance.id");

    assertThat(settings().properties().get("consumer.group.instance.id")).isEqualTo(first);
  }

  @Test
  void shouldTellWhatATopologyReadsAndWrites() {
    Topology topology =
        new Topology()
            .addSource("in", "probes", "more")
            .addSink("out", "results", "in")
            .addSink(
                DeadLetters.SINK,
                "dead-letters",
                Serdes.String().serializer(),
                Serdes.String().serializer(),
                "in");

    assertThat(TopologyTopics.of(topology.describe()))
        .isEqualTo("reads more, probes, writes dead-letters, results");
  }
}
