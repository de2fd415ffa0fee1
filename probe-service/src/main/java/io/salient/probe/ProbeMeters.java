package io.salient.probe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.salient.probe.topology.ProbeMetrics;
import io.salient.probe.training.Tier;
import io.salient.schemas.DeadLetterReason;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The topology's counts as {@code salient_probe_*} meters. */
final class ProbeMeters implements ProbeMetrics {
  private static final double NANOS = 1e9;

  private final MeterRegistry registry;
  private final Counter rows;
  private final Counter duplicates;
  private final Map<Tier, AtomicInteger> waiting = new EnumMap<>(Tier.class);
  private final Map<String, Unranked> unranked = new ConcurrentHashMap<>();

  /** Of one partition. */
  private record Unranked(int checkpoints, Instant oldest) {}

  /**
   * Registers what is known from the start; what is counted by kind or reason begins at 0, so that
   * a first one is a change that an alert sees.
   *
   * @param matrices folder of the activation matrices
   */
  ProbeMeters(MeterRegistry registry, Path matrices) {
    this.registry = registry;
    this.rows = registry.counter("salient.probe.rows");
    this.duplicates = registry.counter("salient.probe.rows.duplicate");
    for (Tier tier : Tier.values()) {
      AtomicInteger jobs = new AtomicInteger();
      waiting.put(tier, jobs);
      Gauge.builder("salient.probe.tiers.waiting", jobs, AtomicInteger::get)
          .description("Work of a tier that waits in this instance's partitions")
          .tag("tier", tier.text())
          .register(registry);
      fits(tier);
      unconverged(tier);
    }
    for (DeadLetterReason reason : DeadLetterReason.values()) {
      deadLetters(reason);
    }
    Gauge.builder("salient.probe.matrices", () -> bytesOfMatrices(matrices))
        .description("Size of the activation matrices that are kept")
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
    Gauge.builder("salient.probe.unranked.checkpoints", this::unranked)
        .description("Checkpoints whose rows are here, or coming, and that are not ranked")
        .register(registry);
    Gauge.builder("salient.probe.unranked.oldest.age", this::oldest)
        .description("Since the oldest of them was announced; 0 while there is none")
        .baseUnit("seconds")
        .register(registry);
  }

  /** Files come and go meanwhile: one that is gone counts nothing. */
  private static long bytesOfMatrices(Path folder) {
    if (Files.notExists(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder, 2)) { // a folder per partition
      return files
          .filter(file -> file.toString().endsWith(".matrix"))
          .map(Path::toFile)
          .mapToLong(File::length)
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private double unranked() {
    return unranked.values().stream().mapToInt(Unranked::checkpoints).sum();
  }

  private double oldest() {
    return unranked.values().stream()
        .map(Unranked::oldest)
        .min(Comparator.naturalOrder())
        .map(since -> Math.max(0, Duration.between(since, Instant.now()).toMillis() / 1e3))
        .orElse(0.0);
  }

  @Override
  public void waiting(Tier tier, int change) {
    waiting.get(tier).addAndGet(change);
  }

  @Override
  public void unranked(String partition, int checkpoints, Instant oldest) {
    if (checkpoints == 0) {
      unranked.remove(partition);
    } else {
      unranked.put(partition, new Unranked(checkpoints, oldest));
    }
  }

  @Override
  public void deadLetter(DeadLetterReason reason) {
    deadLetters(reason).increment();
  }

  private Counter deadLetters(DeadLetterReason reason) {
    return registry.counter("salient.probe.dead.letters", "reason", reason.code());
  }

  @Override
  public void rows(int taken, int again) {
    rows.increment(taken);
    duplicates.increment(again);
  }

  @Override
  public void fitted(Tier tier, double seconds) {
    fits(tier).record(Duration.ofNanos((long) (seconds * NANOS)));
  }

  private Timer fits(Tier tier) {
    return Timer.builder("salient.probe.fits")
        .description("Work of a tier that was done, and how long it took")
        .tag("kind", tier.text())
        .register(registry);
  }

  @Override
  public void unconverged(Tier tier, int fits) {
    unconverged(tier).increment(fits);
  }

  private Counter unconverged(Tier tier) {
    return Counter.builder("salient.probe.fits.unconverged")
        .description("Probes, and splits for the noise, that ended before they had converged")
        .tag("kind", tier.text())
        .register(registry);
  }

  @Override
  public void ended(String reason) {
    registry.counter("salient.probe.checkpoints.ended", "reason", reason).increment();
  }
}
