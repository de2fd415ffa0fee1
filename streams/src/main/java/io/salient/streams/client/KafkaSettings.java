package io.salient.streams.client;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.HashMap;
import java.util.Map;

/** How to reach Kafka. */
@ConfigMapping(prefix = "salient.kafka")
public interface KafkaSettings {
  /** Brokers to start from, {@code host:port[,host:port]}. */
  @WithDefault("localhost:9092")
  String bootstrapServers();

  /** Further client properties by Kafka's own names, such as {@code security.protocol}. */
  Map<String, String> properties();

  /** A fresh map with all of the above, to which a client adds its own. */
  default Map<String, Object> clientProperties() {
    Map<String, Object> all = new HashMap<>(properties());
    all.put("bootstrap.servers", bootstrapServers());
    return all;
  }
}
