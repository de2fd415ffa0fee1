package io.salient.streams.registry;

import io.salient.schemas.TopicSerdes;
import io.salient.schemas.Topics;
import io.salient.streams.client.TopicSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * The registry of this process: registers at the start what is written, and knows whether it
 * answers.
 */
@ApplicationScoped
public class SchemaRegistry {
  private final Optional<RegisteredSchemas> schemas;
  private final Topics topics;
  private volatile boolean registered;

  /** The one of the settings, if any. */
  @Inject
  public SchemaRegistry(SchemaRegistrySettings settings, TopicSettings topics) {
    this.schemas = settings.url().map(RegisteredSchemas::at);
    this.topics = new Topics(topics.prefix());
  }

  /** Does not wait: whoever sends a record does, until its schema has an id. */
  void start(@Observes Startup event) {
    schemas.ifPresent(
        known -> Thread.ofVirtual().name("salient-registry").start(() -> register(known)));
  }

  private void register(RegisteredSchemas known) {
    known.register(topics.checkpoints(), TopicSerdes.checkpoints().schemas());
    known.register(topics.activations(), TopicSerdes.activations().schemas());
    known.register(topics.probes(), TopicSerdes.probes().schemas());
    known.register(topics.results(), TopicSerdes.results().schemas());
    registered = true;
  }

  /** True where none is set, too. */
  public boolean ready() {
    return schemas.isEmpty() || (registered && schemas.get().failure().isEmpty());
  }

  /** What keeps it from answering; empty while it answers, or where none is set. */
  public String failure() {
    return schemas.map(RegisteredSchemas::failure).orElse("");
  }
}
