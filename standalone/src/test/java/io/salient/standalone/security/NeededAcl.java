package io.salient.standalone.security;

import io.salient.extractor.settings.ExtractorSettings;
import io.salient.probe.ProbeSettings;
import io.salient.ranking.settings.RankingSettings;
import io.salient.schemas.Topics;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * One ACL that a service needs. Those of services with a stream follow from its topology, whose
 * committed text the service's own tests hold equal to the code; those of the extractor from what
 * it is: a consumer of announcements and a producer of activations, announcements and dead letters.
 *
 * @param service extractor, probe or ranking
 * @param type of what it is for
 * @param pattern whether the name is whole or a beginning
 * @param name of topic, group or transactional id
 * @param operations that are allowed; Read and Write include Describe
 */
public record NeededAcl(
    String service,
    ResourceType type,
    PatternType pattern,
    String name,
    Set<AclOperation> operations) {
  private static final Pattern SOURCE = Pattern.compile("Source: .*topics: \\[(.*)]\\)");
  private static final Pattern SINK = Pattern.compile("Sink: .*topic: (.*)\\)");
  private static final Pattern STORES = Pattern.compile("stores: \\[(.+)]\\)");
  private static final Topics TOPICS = new Topics("salient");

  /** All, by service. */
  public static List<NeededAcl> all() {
    List<NeededAcl> all = new ArrayList<>();
    all.addAll(ofExtractor());
    all.addAll(ofStream("probe", Set.of()));
    all.addAll(ofStream("ranking", Set.of(TOPICS.results()))); // the view reads what it wrote
    return all;
  }

  /** Changelogs of a service's stores, which Kafka Streams makes itself. */
  public static Set<String> internalTopics(String service) {
    Set<String> names = new TreeSet<>();
    for (String list : found(topology(service), STORES)) {
      for (String store : list.split(", ", -1)) {
        names.add(application(service) + "-" + store + "-changelog");
      }
    }
    return names;
  }

  private static String application(String service) {
    Class<?> settings = service.equals("probe") ? ProbeSettings.class : RankingSettings.class;
    return defaultOf(settings, "applicationId");
  }

  private static String defaultOf(Class<?> settings, String key) {
    try {
      return settings.getMethod(key).getAnnotation(WithDefault.class).value();
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  private static List<NeededAcl> ofExtractor() {
    Map<String, Set<AclOperation>> topics = new TreeMap<>();
    add(topics, TOPICS.checkpoints(), AclOperation.READ);
    add(topics, TOPICS.checkpoints(), AclOperation.WRITE);
    add(topics, TOPICS.activations(), AclOperation.WRITE);
    add(topics, TOPICS.deadLetters(), AclOperation.WRITE);
    List<NeededAcl> acls = onTopics("extractor", topics);
    acls.add(
        new NeededAcl(
            "extractor",
            ResourceType.GROUP,
            PatternType.LITERAL,
            defaultOf(ExtractorSettings.class, "groupId"),
            EnumSet.of(AclOperation.READ)));
    return acls;
  }

  private static List<NeededAcl> ofStream(String service, Set<String> readBeside) {
    String topology = topology(service);
    Map<String, Set<AclOperation>> topics = new TreeMap<>();
    found(topology, SOURCE).forEach(topic -> add(topics, topic, AclOperation.READ));
    found(topology, SINK).forEach(topic -> add(topics, topic, AclOperation.WRITE));
    readBeside.forEach(topic -> add(topics, topic, AclOperation.READ));
    List<NeededAcl> acls = onTopics(service, topics);
    acls.add(
        new NeededAcl(
            service,
            ResourceType.GROUP,
            PatternType.LITERAL,
            application(service),
            EnumSet.of(AclOperation.READ)));
    acls.add(
        new NeededAcl(
            service,
            ResourceType.TRANSACTIONAL_ID,
            PatternType.PREFIXED,
            application(service) + "-",
            EnumSet.of(AclOperation.WRITE)));
    acls.add(
        new NeededAcl(
            service,
            ResourceType.TOPIC,
            PatternType.PREFIXED,
            application(service) + "-",
            EnumSet.of(AclOperation.CREATE, AclOperation.READ, AclOperation.WRITE)));
    return acls;
  }

  /** Every service looks whether all topics are there before it starts. */
  private static List<NeededAcl> onTopics(String service, Map<String, Set<AclOperation>> topics) {
    List<NeededAcl> acls = new ArrayList<>();
    for (String topic : TOPICS.all()) {
      acls.add(
          new NeededAcl(
              service,
              ResourceType.TOPIC,
              PatternType.LITERAL,
              topic,
              topics.getOrDefault(topic, EnumSet.of(AclOperation.DESCRIBE))));
    }
    return acls;
  }

  private static void add(
      Map<String, Set<AclOperation>> topics, String topic, AclOperation operation) {
    topics.computeIfAbsent(topic, name -> EnumSet.noneOf(AclOperation.class)).add(operation);
  }

  private static String topology(String service) {
    Path file =
        Path.of("../" + service + "-service/src/test/resources/" + service + "-topology.txt");
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> found(String text, Pattern pattern) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  /** As the table of docs/security.md has it. */
  String row() {
    return "| %s | %s | %s | `%s` | %s |"
        .formatted(
            service,
            words(type.name()),
            words(pattern.name()),
            name,
            operations.stream()
                .sorted()
                .map(operation -> words(operation.name()))
                .collect(Collectors.joining(", ")));
  }

  private static String words(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
