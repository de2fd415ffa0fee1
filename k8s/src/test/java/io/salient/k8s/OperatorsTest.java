package io.salient.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.schemas.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  void shouldLetEachServiceDoWhatItDoesAndNoMore() {
    assertThat(writes("extractor"))
        .containsExactlyInAnyOrder(
            TOPICS.checkpoints(), TOPICS.activations(), TOPICS.deadLetters());
    assertThat(writes("probe"))
        .containsExactlyInAnyOrder(TOPICS.probes(), TOPICS.deadLetters(), "salient-probe-");
    assertThat(writes("ranking"))
        .containsExactlyInAnyOrder(TOPICS.results(), TOPICS.deadLetters(), "salient-ranking-");
    assertThat(reads("extractor")).containsExactly(TOPICS.checkpoints());
    assertThat(reads("probe")).containsExactlyInAnyOrder(TOPICS.activations(), "salient-probe-");
    assertThat(reads("ranking"))
        .containsExactlyInAnyOrder(TOPICS.probes(), TOPICS.results(), "salient-ranking-");
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
    assertThat(Tree.text(trigger, "metadata", "bootstrapServers"))
        .isEqualTo(
            keda.ofKind("ConfigMap")
                .map(map -> Tree.text(map, "data", "SALIENT_KAFKA_BOOTSTRAP_SERVERS"))
                .filter(servers -> !servers.isEmpty())
                .collect(Collectors.joining()));
  }

  private Set<String> writes(String service) {
    return topics(service, "Write");
  }

  private Set<String> reads(String service) {
    return topics(service, "Read");
  }

  private Set<String> topics(String service, String operation) {
    return strimzi
        .ofKind("KafkaUser")
        .filter(user -> Tree.name(user).equals("salient-" + service))
        .flatMap(user -> Tree.maps(user, "spec", "authorization", "acls").stream())
        .filter(acl -> Tree.text(acl, "resource", "type").equals("topic"))
        .filter(acl -> Tree.texts(acl, "operations").contains(operation))
        .map(acl -> Tree.text(acl, "resource", "name"))
        .collect(Collectors.toSet());
  }
}
