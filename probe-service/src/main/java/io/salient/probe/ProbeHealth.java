package io.salient.probe;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.apache.kafka.streams.KafkaStreams;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Started, live and ready. Missing brokers take readiness down, but not liveness. */
@ApplicationScoped
public class ProbeHealth {
  private static final String NAME = "probe";

  private final ProbeService service;

  /** Looks at the stream. */
  public ProbeHealth(ProbeService service) {
    this.service = service;
  }

  /** Up once the stream has run. */
  @Produces
  @Startup
  HealthCheck started() {
    return () -> answer(service.started());
  }

  /** Down when the stream has given up: only a restart helps. */
  @Produces
  @Liveness
  HealthCheck live() {
    return () -> answer(service.failure().isEmpty() && service.state() != KafkaStreams.State.ERROR);
  }

  /** Up while the stream works. */
  @Produces
  @Readiness
  HealthCheck ready() {
    return () -> answer(service.state() == KafkaStreams.State.RUNNING);
  }

  private HealthCheckResponse answer(boolean up) {
    return HealthCheckResponse.named(NAME)
        .status(up)
        .withData("stream", String.valueOf(service.state()))
        .withData("failure", service.failure())
        .build();
  }
}
