package io.salient.extractor.extraction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.salient.schemas.DeadLetterReason;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts as {@code salient_extractor_*} meters. */
final class ExtractionMeters {
  private final MeterRegistry registry;
  private final Counter words;
  private final Counter blocks;
  private final Counter skipped;
  private final AtomicInteger total = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger reused = new AtomicInteger();

  ExtractionMeters(MeterRegistry registry) {
    this.registry = registry;
    this.words = registry.counter("salient.extractor.words");
    this.blocks = registry.counter("salient.extractor.blocks");
    this.skipped = registry.counter("salient.extractor.skipped");
    Gauge.builder("salient.extractor.progress", this::share)
        .description("Share of the current checkpoint's rows that are sent, 0 to 1")
        .register(registry);
    Gauge.builder("salient.extractor.reused.layers", reused::get)
        .description("Frozen layers of the current checkpoint that are not computed again")
        .register(registry);
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
    Timer.builder("salient.extractor.checkpoints")
        .description("Checkpoints extracted, and how long each took")
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  void failed(String code) {
    registry.counter("salient.extractor.failures", "code", code).increment();
  }

  void skipped() {
    skipped.increment();
  }

  void deadLetter(DeadLetterReason reason) {
    registry.counter("salient.extractor.dead.letters", "reason", reason.code()).increment();
  }
}
