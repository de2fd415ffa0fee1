package io.salient.standalone;

import static java.util.stream.Collectors.joining;

import io.salient.extractor.settings.ExtractorSettings;
import io.salient.probe.ProbeSettings;
import io.salient.ranking.settings.RankingSettings;
import io.salient.schemas.KafkaSettings;
import io.salient.schemas.TopicSettings;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidatorImpl;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Looks at all settings before anything starts. The services would refuse a bad one too, but only
 * after the broker is up, below a thousand of its log lines.
 */
public final class SettingsCheck {
  /** Above system properties, whose place these settings will take. */
  private static final int ORDINAL = 500;

  private SettingsCheck() {}

  /**
   * Refuses values that the services would refuse.
   *
   * @param settings configuration by key; wins over files and environment
   * @throws IllegalArgumentException naming key and value of each
   */
  public static void require(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.putIfAbsent("salient.kafka.bootstrap-servers", "of-the-embedded-broker:9092");
    try {
      new SmallRyeConfigBuilder()
          .addDefaultInterceptors()
          .addDefaultSources()
          .addDiscoveredConverters()
          .withSources(new PropertiesConfigSource(LiteralValue.of(all), "options", ORDINAL))
          .withMapping(ExtractorSettings.class)
          .withMapping(ProbeSettings.class)
          .withMapping(RankingSettings.class)
          .withMapping(KafkaSettings.class)
          .withMapping(TopicSettings.class)
          .withMappingIgnore("salient.**")
          .withValidator(new BeanValidationConfigValidatorImpl())
          .build();
    } catch (ConfigValidationException e) {
      throw new IllegalArgumentException(sentence(e)); // which says all that is in it
    }
  }

  private static String sentence(ConfigValidationException problems) {
    return IntStream.range(0, problems.getProblemCount())
        .mapToObj(i -> plain(problems.getProblem(i).getMessage()))
        .distinct()
        .collect(joining("; "));
  }

  /** Without the names of exceptions and the numbers of messages. */
  private static String plain(String message) {
    return message
        .replaceAll("^[\\w.]+Exception: ", "")
        .replaceAll("SRCFG\\d+: ", "")
        .replaceAll(
            "The config property (\\S+) with the config value (.*) threw an Exception whilst being"
                + " converted ",
            "$1 = $2: ");
  }
}
