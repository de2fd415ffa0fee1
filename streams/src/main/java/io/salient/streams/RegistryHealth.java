package io.salient.streams;

import io.salient.streams.registry.SchemaRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Down while records wait for the schema registry. No restart would bring it back. */
@ApplicationScoped
public class RegistryHealth {
  private final SchemaRegistry registry;

  /** Looks at the registry. */
  public RegistryHealth(SchemaRegistry registry) {
    this.registry = registry;
  }

  @Produces
  @Readiness
  HealthCheck ready() {
    return () ->
        HealthCheckResponse.named("schema registry")
            .status(registry.ready())
            .withData("failure", registry.failure())
            .build();
  }
}
