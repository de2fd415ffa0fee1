package io.salient.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/**
 * Objects of Strimzi, KEDA and the Prometheus operator. Their definitions are not here, so that a
 * misspelt field of theirs is not seen; names, values and references are.
 */
class OperatorsTest {
  private static final Topics TOPICS = new Topics("salient");
  private static final Set<String> TOPIC_SETTINGS =
      Set.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.RETENTION_MS_CONFIG,
          TopicConfig.RETENTION_BYTES_CONFIG,
          TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);

  private static final Pattern RIGHT =
      Pattern.compile(
          "(?m)^\\| (extractor|probe|ranking) \\| ([a-z ]+) \\| (literal|prefixed) \\| `([^`]+)`"
              + " \\| ([a-z, ]+) \\|$");

  private final Manifests strimzi = Manifests.of("overlays/strimzi");

  @Test
  void shouldMakeTheTopicsOfTheServices() {
    List<Map<String, Object>> topics = strimzi.ofKind("KafkaTopic").toList();
    assertThat(topics).extracting(Tree::name).containsExactlyInAnyOrderElementsOf(TOPICS.all());
    assertThat(topics).extracting(topic -> Tree.at(topic, "spec", "partitions")).containsOnly(4);
    assertThat(topics)
        .allSatisfy(
            topic -> {
              assertThat(TOPIC_SETTINGS).containsAll(Tree.map(topic, "spec", "config").keySet());
              assertThat(Tree.text(topic, "spec", "config", "cleanup.policy"))
                  .isEqualTo(Tree.name(topic).equals(TOPICS.results()) ? "compact" : "delete");
            });
  }

  @Test
  void shouldKeepAsLongAsTheServicesWould() {
    assertThat(kept(TOPICS.activations(), TopicConfig.RETENTION_BYTES_CONFIG))
        .isEqualTo(documented("salient.topics.activations-retention-bytes"));
    assertThat(kept(TOPICS.deadLetters(), TopicConfig.RETENTION_MS_CONFIG))
        .isEqualTo(
            Long.toString(
                Duration.parse(documented("salient.topics.dead-letters-retention")).toMillis()));
  }

  private String kept(String topic, String setting) {
    return strimzi
        .ofKind("KafkaTopic")
        .filter(one -> Tree.name(one).equals(topic))
        .map(one -> Tree.text(one, "spec", "config", setting))
        .collect(Collectors.joining());
  }

  /** The default of a setting. */
  private static String documented(String key) {
    return Pattern.compile("(?m)^\\| `" + Pattern.quote(key) + "` \\| `([^`]*)` \\|")
        .matcher(Manifests.text(Path.of("docs/configuration.md")))
        .results()
        .map(row -> row.group(1))
        .collect(Collectors.joining());
  }

  @Test
  void shouldGiveEachServiceTheRightsOfTheTableAndOneMore() {
    // given: the table that a test of standalone derives from the topologies
    Set<String> table =
        RIGHT
            .matcher(Manifests.textIfThere(Path.of("docs/security.md")))
            .results()
            .map(OperatorsTest::right)
            .collect(Collectors.toCollection(TreeSet::new));
    table.add("extractor cluster  describe"); // said below the table: room on the brokers' disks

    // when
    Set<String> given =
        strimzi
            .ofKind("KafkaUser")
            .flatMap(user -> rights(user).stream())
            .collect(Collectors.toCollection(TreeSet::new));

    // then
    assertThat(given).isEqualTo(table);
  }

  /** Such as {@code probe topic prefix:salient-probe- create,read,write}. */
  private static String right(MatchResult row) {
    String type = row.group(2).equals("transactional id") ? "transactionalId" : row.group(2);
    String pattern = row.group(3).equals("prefixed") ? "prefix" : row.group(3);
    return "%s %s %s:%s %s"
        .formatted(row.group(1), type, pattern, row.group(4), sorted(row.group(5).split(", *")));
  }

  private static List<String> rights(Map<String, Object> user) {
    String service = Tree.name(user).substring("salient-".length());
    return Tree.maps(user, "spec", "authorization", "acls").stream()
        .map(
            acl -> {
              String name = Tree.text(acl, "resource", "name");
              return "%s %s %s %s"
                  .formatted(
                      service,
                      Tree.text(acl, "resource", "type"),
                      name.isEmpty() ? "" : Tree.text(acl, "resource", "patternType") + ":" + name,
                      sorted(Tree.texts(acl, "operations").toArray(String[]::new)));
            })
        .toList();
  }

  private static String sorted(String... operations) {
    return Stream.of(operations)
        .map(operation -> operation.toLowerCase(Locale.ROOT))
        .sorted()
        .collect(Collectors.joining(","));
  }

  @Test
  void shouldGiveRightsThatKafkaKnows() {
    strimzi
        .ofKind("KafkaUser")
        .flatMap(user -> Tree.maps(user, "spec", "authorization", "acls").stream())
        .forEach(
            acl -> {
              String type = Tree.text(acl, "resource", "type");
              assertThat(
                      ResourceType.fromString(type.replace("transactionalId", "TRANSACTIONAL_ID")))
                  .as(type)
                  .isNotEqualTo(ResourceType.UNKNOWN);
              assertThat(Tree.texts(acl, "operations"))
                  .isNotEmpty()
                  .allSatisfy(
                      operation ->
                          assertThat(
                                  AclOperation.fromString(
                                      operation.replaceAll("(?<=[a-z])(?=[A-Z])", "_")))
                              .isNotIn(AclOperation.UNKNOWN, AclOperation.ALL, AclOperation.ANY));
            });
  }

  @Test
  void shouldNameOneClusterEverywhere() {
    assertThat(
            Stream.of("KafkaTopic", "KafkaUser")
                .flatMap(strimzi::ofKind)
                .map(one -> Tree.text(one, "metadata", "labels", "strimzi.io/cluster")))
        .containsOnly("my-cluster");
  }

  @Test
  void shouldScaleExtractorsByTheLagOfTheirGroup() {
    Manifests keda = Manifests.of("overlays/keda");
    assertThat(
            keda.ofKind("ScaledObject")
                .map(one -> Tree.text(one, "spec", "scaleTargetRef", "name")))
        .as("probe and ranking keep state and are not scaled")
        .containsExactly("salient-extractor");
    Map<String, Object> trigger =
        Tree.maps(keda.ofKind("ScaledObject").findFirst().orElseThrow(), "spec", "triggers")
            .getFirst();
    assertThat(Tree.text(trigger, "metadata", "topic")).isEqualTo(TOPICS.checkpoints());
    assertThat(Manifests.text(Path.of("docs/configuration.md")))
        .contains(
            "| `salient.extractor.group-id` | `"
                + Tree.text(trigger, "metadata", "consumerGroup")
                + "` |");
    String variable = Tree.text(trigger, "metadata", "bootstrapServersFromEnv");
    assertThat(keda.ofKind("ConfigMap").map(map -> Tree.text(map, "data", variable)))
        .as("%s in the environment of the extractor", variable)
        .anyMatch(servers -> !servers.isEmpty());
  }
}
