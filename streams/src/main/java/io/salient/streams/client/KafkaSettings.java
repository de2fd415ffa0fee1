package io.salient.streams.client;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;

/** How to reach Kafka. */
@ConfigMapping(prefix = "salient.kafka")
public interface KafkaSettings {
  /** Brokers to start from, {@code host:port[,host:port]}. */
  @WithDefault("localhost:9092")
  String bootstrapServers();

  /** Further client properties by Kafka's own names, such as {@code security.protocol}. */
  Map<String, String> properties();

  /**
   * Files whose content is the value of a further client property, such as {@code
   * sasl.jaas.config}: for what no command line and no environment should hold.
   */
  Map<String, String> propertyFiles();

  /**
   * A fresh map with all of the above, to which a client adds its own.
   *
   * @throws IllegalArgumentException naming the setting that is wrong, without its value
   */
  default Map<String, Object> clientProperties() {
    return ClientProperties.of(this);
  }
}
