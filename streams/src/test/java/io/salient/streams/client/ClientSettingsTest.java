package io.salient.streams.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
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
    assertThat(kafka.clientProperties())
        .containsOnly(
            java.util.Map.entry("bootstrap.servers", "localhost:9092"),
            java.util.Map.entry("security.protocol", "SSL"));
  }
}
