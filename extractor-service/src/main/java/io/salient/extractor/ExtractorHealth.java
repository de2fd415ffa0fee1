package io.salient.extractor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Started, live and ready. Missing brokers take readiness down, but not liveness. */
@ApplicationScoped
public class ExtractorHealth {
  private static final String NAME = "extractor";

  private final ExtractorService service;

  /** Looks at the service. */
  public ExtractorHealth(ExtractorService service) {
    this.service = service;
  }

  /** Up once announcements are taken. */
  @Produces
  @Startup
  HealthCheck started() {
    return () -> answer(service.started());
  }

  /** Down when only a restart helps. */
  @Produces
  @Liveness
  HealthCheck live() {
    return () -> answer(service.alive());
  }

  /** Up while nothing keeps it from working. */
  @Produces
  @Readiness
  HealthCheck ready() {
    return () -> answer(service.started() && service.failure().isEmpty());
  }

  private HealthCheckResponse answer(boolean up) {
    return HealthCheckResponse.named(NAME)
        .status(up)
        .withData("failure", service.failure())
        .build();
  }
}
