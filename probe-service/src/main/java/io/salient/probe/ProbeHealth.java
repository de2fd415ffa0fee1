package io.salient.probe;

import io.salient.streams.StreamHealth;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Started, live and ready of the probe service, see {@link StreamHealth}. */
@ApplicationScoped
public class ProbeHealth {
  private final StreamHealth health;

  /** Looks at the stream. */
  public ProbeHealth(ProbeService service) {
    health = new StreamHealth("probe", service.stream());
  }

  @Produces
  @Startup
  HealthCheck started() {
    return () -> health.started(true);
  }

  @Produces
  @Liveness
  HealthCheck live() {
    return health::live;
  }

  @Produces
  @Readiness
  HealthCheck ready() {
    return () -> health.ready(true);
  }
}
