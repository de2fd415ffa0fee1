package io.salient.standalone.settings;

import static java.util.stream.Collectors.joining;

import io.salient.extractor.settings.ExtractorSettings;
import io.salient.probe.ProbeSettings;
import io.salient.ranking.settings.RankingSettings;
import io.salient.streams.client.KafkaSettings;
import io.salient.streams.client.TopicSettings;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidatorImpl;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a command makes of its options: values of the configuration, stronger than environment and
 * files. Values are meant as they are, whatever signs they hold.
 */
public final class Settings {
  private final Map<String, String> values = new TreeMap<>();

  /** Gives a key a value. */
  public void put(Setting key, Object value) {
    values.put(key.key(), value.toString());
  }

  /** Gives a key a value unless there is none to give, so that the service's default stays. */
  public void putIfGiven(Setting key, Object value) {
    if (value != null) {
      put(key, value);
    }
  }

  /** Gives a key a value unless it has one. */
  public void putIfAbsent(Setting key, Object value) {
    values.putIfAbsent(key.key(), value.toString());
  }

  /** Gives one of the keys of a map a value. */
  public void put(Setting key, String name, Object value) {
    values.put(key.key(name), value.toString());
  }

  /** Gives a key a list, whose elements may hold commas. */
  public void put(Setting key, List<String> elements) {
    values.put(key.key(), list(elements));
  }

  /** Adds elements to the list of a key. */
  public void add(Setting key, List<String> elements) {
    values.merge(key.key(), list(elements), (before, more) -> before + "," + more);
  }

  /** Takes over all that another has, its values first. */
  public void putAll(Settings others) {
    values.putAll(others.values);
  }

  private static String list(List<String> elements) {
    return elements.stream()
        .map(element -> element.replace("\\", "\\\\").replace(",", "\\,"))
        .collect(Collectors.joining(","));
  }

  /** By key, as a source of configuration has them: a dollar would begin the name of a key. */
  public Map<String, String> literal() {
    Map<String, String> literal = new TreeMap<>(values);
    literal.replaceAll((key, value) -> value.replace("$", "\\$"));
    return literal;
  }

  /** Makes them part of the configuration of this process, in place of those used before. */
  public void use() {
    OptionSource.use(literal());
  }

  /**
   * Some settings as a service would have them: these before environment and files.
   *
   * @param mapping one of the services' interfaces
   * @throws IllegalArgumentException naming key and value of each that a service would refuse
   */
  public <T> T read(Class<T> mapping) {
    return config().getConfigMapping(mapping);
  }

  /**
   * Looks at all settings before anything starts. The services would refuse a bad one too, but only
   * after the broker is up, below a thousand of its log lines.
   *
   * @throws IllegalArgumentException naming key and value of each that a service would refuse
   */
  public void require() {
    config();
  }

  private SmallRyeConfig config() {
    Map<String, String> all = literal();
    all.putIfAbsent(Setting.BOOTSTRAP_SERVERS.key(), "of-the-embedded-broker:9092");
    try {
      return new SmallRyeConfigBuilder()
          .addDefaultInterceptors()
          .addDefaultSources()
          .addDiscoveredConverters()
          .withSources(new OptionSource(all))
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
