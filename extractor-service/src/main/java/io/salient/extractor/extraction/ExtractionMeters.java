package io.salient.extractor.extraction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.salient.schemas.DeadLetterReason;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Counts as {@code salient_extractor_*} meters. */
final class ExtractionMeters {
  private final MeterRegistry registry;
  private final Counter words;
  private final Counter blocks;
  private final Counter skipped;
  private final Timer checkpoints;
  private final AtomicInteger total = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger reused = new AtomicInteger();
  private final AtomicLong waiting = new AtomicLong();
  private final AtomicReference<Instant> announced = new AtomicReference<>();

  ExtractionMeters(MeterRegistry registry) {
    this.registry = registry;
    this.words = registry.counter("salient.extractor.words");
    this.blocks = registry.counter("salient.extractor.blocks");
    this.skipped = registry.counter("salient.extractor.skipped");
    this.checkpoints =
        Timer.builder("salient.extractor.checkpoints")
            .description("Checkpoints extracted, and how long each took")
            .register(registry);
    Gauge.builder("salient.extractor.progress", this::share)
        .description("Share of the current checkpoint's rows that are sent, 0 to 1")
        .register(registry);
    Gauge.builder("salient.extractor.reused.layers", reused::get)
        .description("Frozen layers of the current checkpoint that are not computed again")
        .register(registry);
    Gauge.builder("salient.extractor.announcements.waiting", waiting::get)
        .description("Announced checkpoints of this instance's partitions that are not extracted")
        .register(registry);
    Gauge.builder("salient.extractor.announcement.age", this::age)
        .description("Since the checkpoint now in work was announced; 0 while none is")
        .baseUnit("seconds")
        .register(registry);
    for (DeadLetterReason reason : DeadLetterReason.values()) {
      deadLetters(reason); // from 0 on: a first one is a change that an alert sees
    }
  }

  private double age() {
    Instant since = announced.get();
    return since == null ? 0 : Math.max(0, Duration.between(since, Instant.now()).toMillis() / 1e3);
  }

  void waiting(long announcements) {
    waiting.set(announcements);
  }

  /** A checkpoint is in work from now on. */
  void begun(Instant announcedAt) {
    announced.set(announcedAt);
  }

  /** It is no more. */
  void ended() {
    announced.set(null);
  }

  private double share() {
    return total.get() == 0 ? 0 : (double) done.get() / total.get();
  }

  /** Counts what came since the progress before. */
  ExtractionProgress progress() {
    AtomicInteger rowsBefore = new AtomicInteger();
    AtomicInteger blocksBefore = new AtomicInteger();
    return new ExtractionProgress() {
      @Override
      public void sent(int rowsNow, int totalNow, int blocksNow) {
        words.increment(rowsNow - (double) rowsBefore.getAndSet(rowsNow));
        blocks.increment(blocksNow - (double) blocksBefore.getAndSet(blocksNow));
        total.set(totalNow);
        done.set(rowsNow);
      }

      @Override
      public void reusing(int layers) {
        reused.set(layers);
      }
    };
  }

  void extracted(long nanos) {
    checkpoints.record(nanos, TimeUnit.NANOSECONDS);
  }

  void failed(String code) {
    registry.counter("salient.extractor.failures", "code", code).increment();
  }

  void skipped() {
    skipped.increment();
  }

  void deadLetter(DeadLetterReason reason) {
    deadLetters(reason).increment();
  }

  private Counter deadLetters(DeadLetterReason reason) {
    return registry.counter("salient.extractor.dead.letters", "reason", reason.code());
  }
}
