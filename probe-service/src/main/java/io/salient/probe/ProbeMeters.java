package io.salient.probe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.salient.probe.topology.ProbeMetrics;
import io.salient.probe.training.Tier;
import io.salient.schemas.DeadLetterReason;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The topology's counts as {@code salient_probe_*} meters. */
final class ProbeMeters implements ProbeMetrics {
  private static final double NANOS = 1e9;

  private final MeterRegistry registry;

  private final Map<Tier, AtomicInteger> waiting = new EnumMap<>(Tier.class);

  ProbeMeters(MeterRegistry registry) {
    this.registry = registry;
    for (Tier tier : Tier.values()) {
      AtomicInteger jobs = new AtomicInteger();
      waiting.put(tier, jobs);
      Gauge.builder("salient.probe.tiers.waiting", jobs, AtomicInteger::get)
          .tag("tier", tier.text())
          .register(registry);
    }
  }

  @Override
  public void waiting(Tier tier, int change) {
    waiting.get(tier).addAndGet(change);
  }

  @Override
  public void deadLetter(DeadLetterReason reason) {
    registry.counter("salient.probe.dead.letters", "reason", reason.code()).increment();
  }

  @Override
  public void rows(int taken, int duplicates) {
    registry.counter("salient.probe.rows").increment(taken);
    registry.counter("salient.probe.rows.duplicate").increment(duplicates);
  }

  @Override
  public void fitted(Tier tier, double seconds) {
    Timer.builder("salient.probe.fits")
        .tag("kind", tier.text())
        .register(registry)
        .record(Duration.ofNanos((long) (seconds * NANOS)));
  }

  @Override
  public void ended(String reason) {
    registry.counter("salient.probe.checkpoints.ended", "reason", reason).increment();
  }
}
