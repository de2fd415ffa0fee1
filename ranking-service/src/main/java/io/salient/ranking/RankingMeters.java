package io.salient.ranking;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.salient.ranking.topology.RankingMetrics;
import io.salient.schemas.DeadLetterReason;
import java.util.concurrent.TimeUnit;

/** The topology's counts as {@code salient_ranking_*} meters. */
final class RankingMeters implements RankingMetrics {
  private final MeterRegistry registry;

  RankingMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void deadLetter(DeadLetterReason reason) {
    registry.counter("salient.ranking.dead.letters", "reason", reason.code()).increment();
  }

  @Override
  public void ranked(boolean isFinal, long nanos) {
    Timer.builder("salient.ranking.rankings")
        .tag("final", Boolean.toString(isFinal))
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void superseded() {
    registry.counter("salient.ranking.superseded").increment();
  }

  @Override
  public void compared() {
    registry.counter("salient.ranking.comparisons").increment();
  }

  @Override
  public void forgotten(int probes) {
    registry.counter("salient.ranking.incomplete.forgotten").increment(probes);
  }
}
