package io.salient.streams.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The properties of Kafka's clients, put together from settings and from files with secrets. */
final class ClientProperties {
  private static final String HOST_CHECK = "ssl.endpoint.identification.algorithm";

  private ClientProperties() {}

  /**
   * A fresh map.
   *
   * @throws IllegalArgumentException naming the setting, when a file cannot be read, a property is
   *     set twice, or the check of the broker's name is switched off; never with a value
   */
  static Map<String, Object> of(KafkaSettings settings) {
    Map<String, Object> all = new HashMap<>(settings.properties());
    settings
        .propertyFiles()
        .forEach(
            (name, file) -> {
              if (all.put(name, content(name, file)) != null) {
                throw new IllegalArgumentException(
                    "%s and %s are both set: remove one"
                        .formatted(key("properties", name), key("property-files", name)));
              }
            });
    all.forEach(ClientProperties::requireHostCheck);
    all.put("bootstrap.servers", settings.bootstrapServers());
    return all;
  }

  /** Of one of Kafka Streams' clients too, whose properties begin with its name. */
  private static void requireHostCheck(String name, Object value) {
    if (name.endsWith(HOST_CHECK) && value.toString().isBlank()) {
      throw new IllegalArgumentException(
          key("properties", name)
              + " is empty, so that anyone with any certificate could pose as the broker: leave it"
              + " out, and give the broker a certificate of the name it is reached by");
    }
  }

  private static String content(String name, String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s: %s cannot be read (%s)"
              .formatted(key("property-files", name), file, e.getClass().getSimpleName()),
          e);
    }
  }

  private static String key(String map, String name) {
    return "salient.kafka." + map + ".\"" + name + "\"";
  }
}
