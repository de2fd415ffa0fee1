package io.salient.standalone.system;

import io.salient.standalone.EmbeddedKafka;
import io.salient.standalone.FolderDeletion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The broker under the system tests, one switch: {@code -Dsalient.test.broker=embedded} (default)
 * or {@code container}. Both are real brokers. Without a container engine the container variant is
 * skipped with one loud line.
 */
interface TestBroker extends AutoCloseable {
  String SWITCH = "salient.test.broker";
  DockerImageName IMAGE = DockerImageName.parse("apache/kafka:4.3.1");

  /** {@code host:port} for clients. */
  String bootstrapServers();

  @Override
  void close();

  /** Starts the broker that the switch names. */
  static TestBroker start() {
    String kind = System.getProperty(SWITCH, "embedded");
    return switch (kind) {
      case "embedded" -> embedded();
      case "container" -> container();
      default ->
          throw new IllegalArgumentException(SWITCH + "=" + kind + ": it is embedded or container");
    };
  }

  private static TestBroker embedded() {
    try {
      Path folder = Files.createTempDirectory("salient-test-broker-");
      EmbeddedKafka broker = EmbeddedKafka.start(folder, Map.of());
      return new TestBroker() {
        @Override
        public String bootstrapServers() {
          return broker.bootstrapServers();
        }

        @Override
        public void close() {
          broker.close();
          try {
            FolderDeletion.delete(folder); // hundreds of MB that nobody reads any more
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TestBroker container() {
    boolean engine = DockerClientFactory.instance().isDockerAvailable();
    if (!engine) {
      SharedInput.sayLoudly(
          "no container engine answers: the tests on a broker in a container are SKIPPED");
    }
    Assumptions.assumeTrue(engine, "no container engine");
    KafkaContainer container = new KafkaContainer(IMAGE);
    container.start();
    return new TestBroker() {
      @Override
      public String bootstrapServers() {
        return container.getBootstrapServers();
      }

      @Override
      public void close() {
        container.stop();
      }
    };
  }
}
