package io.salient.ranking;

import io.salient.ranking.live.ResultsReader;
import io.salient.streams.StreamHealth;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * Started, live and ready of the ranking service, see {@link StreamHealth}: it has started when the
 * results of before are in the view, and is ready while the view follows the results.
 */
@ApplicationScoped
public class RankingHealth {
  private final StreamHealth health;
  private final ResultsReader reader;

  /** Looks at the stream and at the reader of results. */
  public RankingHealth(RankingService service, ResultsReader reader) {
    this.reader = reader;
    health = new StreamHealth("ranking", service.stream()).with("results", reader::failure);
  }

  @Produces
  @Startup
  HealthCheck started() {
    return () -> health.started(reader.caughtUp());
  }

  @Produces
  @Liveness
  HealthCheck live() {
    return health::live;
  }

  @Produces
  @Readiness
  HealthCheck ready() {
    return () -> health.ready(reader.failure().isEmpty());
  }
}
