package io.salient.streams.registry;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Puts {@link WireFormatInterceptor} into the properties of every Kafka client where a registry is
 * set. Weaker than all other sources: who sets {@code salient.kafka.properties.interceptor.classes}
 * has to name it, too.
 */
public final class RegistrySource implements ConfigSourceFactory {
  private static final String CLIENT = "salient.kafka.properties.";
  private static final int ORDINAL = 50;

  /** Found as a service. */
  public RegistrySource() {}

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    ConfigValue url = context.getValue(WireFormatInterceptor.URL);
    if (url == null || url.getValue() == null || url.getValue().isBlank()) {
      return List.of();
    }
    Map<String, String> properties =
        Map.of(
            CLIENT + "\"interceptor.classes\"",
            WireFormatInterceptor.class.getName(),
            CLIENT + "\"" + WireFormatInterceptor.URL + "\"",
            url.getValue());
    return List.of(new PropertiesConfigSource(properties, "schema registry", ORDINAL));
  }
}
