package io.salient.ranking;

import io.salient.ranking.live.ResultsReader;
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
public class RankingHealth {
  private static final String NAME = "ranking";

  private final RankingService service;
  private final ResultsReader reader;

  /** Looks at the stream and at the reader of results. */
  public RankingHealth(RankingService service, ResultsReader reader) {
    this.service = service;
    this.reader = reader;
  }

  /** Up once the stream has run and the results of before the start are in the view. */
  @Produces
  @Startup
  HealthCheck started() {
    return () -> answer(service.started() && reader.caughtUp());
  }

  /** Down when the stream has given up: only a restart helps. */
  @Produces
  @Liveness
  HealthCheck live() {
    return () -> answer(service.failure().isEmpty() && service.state() != KafkaStreams.State.ERROR);
  }

  /** Up while the stream works and the view follows the results. */
  @Produces
  @Readiness
  HealthCheck ready() {
    return () ->
        answer(service.state() == KafkaStreams.State.RUNNING && reader.failure().isEmpty());
  }

  private HealthCheckResponse answer(boolean up) {
    return HealthCheckResponse.named(NAME)
        .status(up)
        .withData("stream", String.valueOf(service.state()))
        .withData("failure", service.failure())
        .withData("results", reader.failure())
        .build();
  }
}
