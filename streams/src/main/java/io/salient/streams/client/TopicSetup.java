package io.salient.streams.client;

import io.salient.schemas.Topics;
import io.salient.streams.failure.TellingCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Sees to it that Salient's topics exist before a service starts.
 *
 * <p>After creating a topic, every partition's leader must answer before anything is sent: an
 * idempotent producer that sends right after {@code createTopics} returns can lose its first
 * batches.
 */
public final class TopicSetup {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** Of one question, where the settings name no other: people wait for the answer. */
  private static final int ADMIN_MILLIS = 10_000;

  private final Map<String, Object> clientProperties;
  private final TopicSettings settings;

  /** Uses the given connection and shapes. */
  public TopicSetup(KafkaSettings kafka, TopicSettings settings) {
    this.clientProperties = kafka.clientProperties();
    if (!clientProperties.containsKey("request.timeout.ms")
        && !clientProperties.containsKey("default.api.timeout.ms")) {
      clientProperties.put("default.api.timeout.ms", ADMIN_MILLIS);
      clientProperties.put("request.timeout.ms", ADMIN_MILLIS / 2);
    }
    this.settings = settings;
  }

  /**
   * Creates what is missing and waits until every partition answers.
   *
   * @throws IllegalStateException when there is no broker, with the address and what answered
   *     there, or when topics are missing and {@code salient.topics.create} is false, naming them
   */
  public Topics ensure() {
    new BrokerCheck(clientProperties).require();
    Topics topics = new Topics(settings.prefix());
    try (Admin admin = Admin.create(clientProperties)) {
      Set<String> missing = new TreeSet<>(topics.all());
      missing.removeAll(admin.listTopics().names().get());
      if (!missing.isEmpty()) {
        create(admin, topics, missing);
      }
      awaitLeaders(admin, topics.all());
      return topics;
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Kafka at "
              + clientProperties.get("bootstrap.servers")
              + " (salient.kafka.bootstrap-servers): "
              + reason(e.getCause()),
          e.getCause());
    } catch (KafkaException e) { // the client was not even made
      throw new IllegalStateException(
          "Kafka at "
              + clientProperties.get("bootstrap.servers")
              + " (salient.kafka): "
              + TellingCause.of(e),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while setting up topics", e);
    }
  }

  /** A broker that answers and then does not most often names others that cannot be reached. */
  private static String reason(Throwable cause) {
    return cause instanceof TimeoutException
        ? cause.getMessage()
            + " The broker answers there, but not at the addresses that it gives for itself: see"
            + " advertised.listeners of its configuration"
        : BrokerRefusal.told(cause);
  }

  private void create(Admin admin, Topics topics, Set<String> missing)
      throws InterruptedException, ExecutionException {
    if (!settings.create()) {
      throw new IllegalStateException(
          "missing topics "
              + missing
              + " and salient.topics.create=false: create them or set it to true; where Kafka has"
              + " ACLs, topics that this user may not describe are missing too");
    }
    try {
      admin.createTopics(missing.stream().map(name -> shape(topics, name)).toList()).all().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        throw mayNotCreate(missing, e.getCause());
      }
      if (!(e.getCause() instanceof TopicExistsException)) { // another service was first
        throw e;
      }
    }
  }

  /** Who may not describe a topic is not told that it is there. */
  private static IllegalStateException mayNotCreate(Set<String> missing, Throwable cause) {
    return new IllegalStateException(
        "Kafka's ACLs let this user neither see nor create topics "
            + missing
            + ": let it describe them (the table in docs/security.md), and if they are not there,"
            + " create them, or let it",
        cause);
  }

  private NewTopic shape(Topics topics, String name) {
    Optional<Short> replication =
        settings.replication() < 0 ? Optional.empty() : Optional.of(settings.replication());
    NewTopic topic = new NewTopic(name, Optional.of(settings.partitions()), replication);
    if (name.equals(topics.results())) {
      return topic.configs(Map.of("cleanup.policy", "compact"));
    }
    if (name.equals(topics.activations())) {
      return topic.configs(
          Map.of(
              "cleanup.policy", "delete",
              "retention.ms", "-1",
              "retention.bytes", Long.toString(settings.activationsRetentionBytes())));
    }
    String kept =
        name.equals(topics.deadLetters())
            ? Long.toString(settings.deadLettersRetention().toMillis())
            : "-1";
    return topic.configs(Map.of("cleanup.policy", "delete", "retention.ms", kept));
  }

  private static void awaitLeaders(Admin admin, List<String> names)
      throws InterruptedException, ExecutionException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (TopicDescription topic : admin.describeTopics(names).allTopicNames().get().values()) {
          topic
              .partitions()
              .forEach(
                  p ->
                      ends.put(
                          new TopicPartition(topic.name(), p.partition()), OffsetSpec.latest()));
        }
        admin.listOffsets(ends).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return;
      } catch (ExecutionException e) {
        if (!isTransient(e.getCause()) || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      } catch (java.util.concurrent.TimeoutException e) {
        throw new IllegalStateException(
            "partitions of " + new ArrayList<>(names) + " did not answer in " + PATIENCE, e);
      }
    }
  }

  private static boolean isTransient(Throwable cause) {
    return cause instanceof RetriableException || cause instanceof UnknownTopicOrPartitionException;
  }
}
