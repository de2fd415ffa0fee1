package io.salient.ranking;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.salient.ranking.topology.RankingMetrics;
import io.salient.schemas.DeadLetterReason;
import java.util.concurrent.TimeUnit;

/** The topology's counts as {@code salient_ranking_*} meters. */
final class RankingMeters implements RankingMetrics {
  private final MeterRegistry registry;
  private final Timer finals;
  private final Timer provisionals;
  private final Counter superseded;
  private final Counter comparisons;
  private final Counter forgotten;

  /** All begin at 0, so that a first one is a change that an alert sees. */
  RankingMeters(MeterRegistry registry) {
    this.registry = registry;
    this.finals = rankings(true);
    this.provisionals = rankings(false);
    this.superseded = registry.counter("salient.ranking.superseded");
    this.comparisons = registry.counter("salient.ranking.comparisons");
    this.forgotten = registry.counter("salient.ranking.incomplete.forgotten");
    for (DeadLetterReason reason : DeadLetterReason.values()) {
      deadLetters(reason);
    }
  }

  private Timer rankings(boolean isFinal) {
    return Timer.builder("salient.ranking.rankings")
        .description("Rankings made, and how long each took")
        .tag("final", Boolean.toString(isFinal))
        .register(registry);
  }

  private Counter deadLetters(DeadLetterReason reason) {
    return registry.counter("salient.ranking.dead.letters", "reason", reason.code());
  }

  @Override
  public void deadLetter(DeadLetterReason reason) {
    deadLetters(reason).increment();
  }

  @Override
  public void ranked(boolean isFinal, long nanos) {
    (isFinal ? finals : provisionals).record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void superseded() {
    superseded.increment();
  }

  @Override
  public void compared() {
    comparisons.increment();
  }

  @Override
  public void forgotten(int probes) {
    forgotten.increment(probes);
  }
}
