package io.salient.probe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.salient.probe.topology.ProbeMetrics;
import io.salient.probe.training.Tier;
import io.salient.schemas.DeadLetterReason;
import java.time.Duration;

/** The topology's counts as {@code salient_probe_*} meters. */
final class ProbeMeters implements ProbeMetrics {
  private static final double NANOS = 1e9;

  private final MeterRegistry registry;

  ProbeMeters(MeterRegistry registry) {
    this.registry = registry;
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
