package io.salient.standalone;

import io.salient.extractor.ExtractorService;
import io.salient.probe.ProbeService;
import io.salient.ranking.RankingService;
import io.salient.streams.failure.TellingCause;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Whether the services of this process can still bring what a task waits for. */
@ApplicationScoped
public class ServiceHealth {
  private final ExtractorService extractor;
  private final ProbeService probe;
  private final RankingService ranking;

  /** Looks at all three. */
  @Inject
  public ServiceHealth(ExtractorService extractor, ProbeService probe, RankingService ranking) {
    this.extractor = extractor;
    this.probe = probe;
    this.ranking = ranking;
  }

  /** Which service has stopped for good, and why; empty while all of them work. */
  public Optional<String> stopped() {
    if (!extractor.alive()) {
      return stopped("extractor", extractor.failure());
    }
    if (!probe.stream().failure().isEmpty()) {
      return stopped("probe", probe.stream().failure());
    }
    return ranking.stream().failure().isEmpty()
        ? Optional.empty()
        : stopped("ranking", ranking.stream().failure());
  }

  private static Optional<String> stopped(String service, String why) {
    String cause = why.isEmpty() ? "its thread has ended" : TellingCause.oneLine(why);
    return Optional.of("the " + service + " service has stopped: " + cause);
  }
}
