package io.salient.extractor;

import io.salient.extractor.settings.ExtractorSettings;
import io.salient.streams.client.KafkaSettings;
import io.salient.streams.client.TopicSettings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Settings as they are read from properties. */
public final class TestSettings {
  private TestSettings() {}

  /** All mappings over these properties. */
  public static SmallRyeConfig of(Map<String, String> properties) {
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(properties, "test", 100))
        .withMapping(ExtractorSettings.class)
        .withMapping(KafkaSettings.class)
        .withMapping(TopicSettings.class)
        .build();
  }

  /** The extractor's. */
  public static ExtractorSettings extractor(Map<String, String> properties) {
    return of(properties).getConfigMapping(ExtractorSettings.class);
  }
}
