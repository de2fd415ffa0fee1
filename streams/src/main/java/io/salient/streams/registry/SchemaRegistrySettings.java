package io.salient.streams.registry;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** Whether topics are written for readers that ask a schema registry. */
@ConfigMapping(prefix = "salient.schema-registry")
public interface SchemaRegistrySettings {
  /**
   * Where the registry answers Confluent's API, such as {@code http://registry:8081} or, of
   * Apicurio, {@code http://registry:8080/apis/ccompat/v7}. Without it, records stand in Avro's
   * single-object encoding.
   */
  Optional<URI> url();
}
