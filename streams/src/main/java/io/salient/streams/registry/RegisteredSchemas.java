package io.salient.streams.registry;

import io.salient.schemas.SchemaVersions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jboss.logging.Logger;

/**
 * Ids of schemas at one registry, asked for once each. While the registry does not answer, what is
 * known goes on, and a question for what is not waits: no record is lost or refused because of it.
 * Thread-safe.
 */
final class RegisteredSchemas {
  private static final Logger LOG = Logger.getLogger(RegisteredSchemas.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Map<URI, RegisteredSchemas> BY_URL = new ConcurrentHashMap<>();

  private final Map<Subject, Integer> ids = new ConcurrentHashMap<>();
  private final Map<Integer, Long> fingerprints = new ConcurrentHashMap<>();
  private final RegistryApi registry;
  private volatile String failure = "";

  /** Confluent's name for it: of a topic's value, one for each record that the topic holds. */
  private record Subject(String topic, long fingerprint) {}

  private interface Question<A> {
    A ask() throws RegistryException;
  }

  RegisteredSchemas(RegistryApi registry) {
    this.registry = registry;
  }

  /** What all clients of this process that use a registry share. */
  static RegisteredSchemas at(URI url) {
    return BY_URL.computeIfAbsent(url, key -> new RegisteredSchemas(new RegistryApi(key)));
  }

  /** Asks for the ids of all that a topic may hold, until it has them. */
  void register(String topic, Iterable<Schema> schemas) {
    for (Schema schema : schemas) {
      id(topic, SchemaNormalization.parsingFingerprint64(schema));
    }
  }

  /** What keeps the registry from answering; empty while it answers. */
  String failure() {
    return failure;
  }

  /**
   * The id that a record is sent with; waits for the registry.
   *
   * @param topic where it goes
   * @param fingerprint CRC-64-AVRO of its schema
   * @return empty for a schema that is none of ours
   */
  OptionalInt id(String topic, long fingerprint) {
    Subject subject = new Subject(topic, fingerprint);
    Integer known = ids.get(subject);
    if (known != null) {
      return OptionalInt.of(known);
    }
    Optional<Schema> schema = SchemaVersions.find(fingerprint);
    if (schema.isEmpty()) {
      return OptionalInt.empty();
    }
    int id =
        answer(() -> registry.register(topic + "-" + schema.get().getFullName(), schema.get()));
    fingerprints.put(id, fingerprint);
    ids.put(subject, id);
    return OptionalInt.of(id);
  }

  /**
   * The fingerprint of a schema that another has registered; waits for the registry.
   *
   * @return empty for an id that the registry does not know
   */
  OptionalLong fingerprint(int id) {
    Long known = fingerprints.get(id);
    if (known != null) {
      return OptionalLong.of(known);
    }
    Optional<Schema> schema = answer(() -> registry.schema(id));
    if (schema.isEmpty()) {
      return OptionalLong.empty();
    }
    long fingerprint = SchemaNormalization.parsingFingerprint64(schema.get());
    fingerprints.put(id, fingerprint);
    return OptionalLong.of(fingerprint);
  }

  private <A> A answer(Question<A> question) {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        A answer = question.ask();
        failure = "";
        return answer;
      } catch (RegistryException e) {
        if (failure.isEmpty()) {
          LOG.warnf("%s: records wait, trying again", e.getMessage());
        }
        failure = e.getMessage();
        pause = sleep(pause);
      }
    }
  }

  private static Duration sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new org.apache.kafka.common.errors.InterruptException(e);
    }
    Duration next = pause.multipliedBy(2);
    return next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
  }
}
