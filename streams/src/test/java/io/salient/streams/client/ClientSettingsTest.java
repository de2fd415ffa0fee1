package io.salient.streams.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {
  @Test
  void shouldListEverySettingAndItsDefault() {
    // given
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(TopicSettings.class)
            .withMapping(KafkaSettings.class)
            .withDefaultValue("salient.kafka.properties.\"security.protocol\"", "SSL")
            .build();

    // when
    TopicSettings topics = config.getConfigMapping(TopicSettings.class);
    KafkaSettings kafka = config.getConfigMapping(KafkaSettings.class);

    // then
    assertThat(topics.prefix()).isEqualTo("salient");
    assertThat(topics.create()).isTrue();
    assertThat(topics.partitions()).isEqualTo(4);
    assertThat(topics.replication()).isEqualTo((short) -1);
    assertThat(topics.activationsRetentionBytes()).isEqualTo(20L << 30);
    assertThat(topics.deadLettersRetention()).isEqualTo(Duration.ofDays(30));
    assertThat(kafka.clientProperties())
        .containsOnly(
            Map.entry("bootstrap.servers", "localhost:9092"),
            Map.entry("security.protocol", "SSL"));
  }

  /** As a cluster gives them: names of Kafka's properties, which hold dots, between underscores. */
  @Test
  void shouldReadPropertiesOfClientsFromTheEnvironment() {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withMapping(KafkaSettings.class)
            .withSources(
                new EnvConfigSource(
                    Map.of(
                        "SALIENT_KAFKA_PROPERTIES__SECURITY_PROTOCOL_", "SASL_SSL",
                        "SALIENT_KAFKA_PROPERTY_FILES__SASL_JAAS_CONFIG_", "/secrets/jaas"),
                    300))
            .build();

    KafkaSettings kafka = config.getConfigMapping(KafkaSettings.class);

    assertThat(kafka.properties()).containsOnly(Map.entry("security.protocol", "SASL_SSL"));
    assertThat(kafka.propertyFiles()).containsOnly(Map.entry("sasl.jaas.config", "/secrets/jaas"));
  }
}
