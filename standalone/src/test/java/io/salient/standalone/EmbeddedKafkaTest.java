package io.salient.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salient.schemas.Topics;
import io.salient.streams.client.KafkaSettings;
import io.salient.streams.client.TopicSettings;
import io.salient.streams.client.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded broker and the setup of topics on it. */
class EmbeddedKafkaTest {
  @TempDir Path folder;

  @Test
  void shouldCreateTheTopicsAndKeepThemOverARestart() throws Exception {
    Set<String> names;
    // given
    try (EmbeddedKafka broker = EmbeddedKafka.start(folder, Map.of())) {
      Topics topics = setup(broker, true).ensure();
      names = Set.copyOf(topics.all());
      assertThat(setup(broker, false).ensure()).isEqualTo(topics);
    }

    // when
    try (EmbeddedKafka again = EmbeddedKafka.start(folder, Map.of());
        Admin admin = Admin.create(Map.of("bootstrap.servers", again.bootstrapServers()))) {
      // then
      assertThat(admin.listTopics().names().get()).containsAll(names);
    }
  }

  @Test
  void shouldRefuseToStartNamingWhatIsMissing() {
    try (EmbeddedKafka broker = EmbeddedKafka.start(folder, Map.of())) {
      assertThatThrownBy(() -> setup(broker, false).ensure())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("salient.activations")
          .hasMessageContaining("salient.topics.create");
    }
  }

  private static TopicSetup setup(EmbeddedKafka broker, boolean create) {
    return new TopicSetup(new Connection(broker.bootstrapServers()), new Shapes(create));
  }

  private record Connection(String bootstrapServers) implements KafkaSettings {
    @Override
    public Map<String, String> properties() {
      return new HashMap<>();
    }

    @Override
    public Map<String, String> propertyFiles() {
      return Map.of();
    }
  }

  private record Shapes(boolean create) implements TopicSettings {
    @Override
    public String prefix() {
      return "salient";
    }

    @Override
    public int partitions() {
      return 2;
    }

    @Override
    public short replication() {
      return -1;
    }

    @Override
    public long activationsRetentionBytes() {
      return -1;
    }

    @Override
    public Duration deadLettersRetention() {
      return Duration.ofDays(1);
    }
  }
}
