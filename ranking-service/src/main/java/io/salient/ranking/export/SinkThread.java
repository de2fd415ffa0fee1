package io.salient.ranking.export;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Brings what changed to one sink, on a thread of its own. A point that changes again before it was
 * brought is brought once, as it is then, so that what waits is bounded by the points there are.
 * While the sink fails it is tried again after longer and longer pauses; people are told once.
 */
final class SinkThread implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(SinkThread.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final FigureSink sink;
  private final Function<FigurePoint, Optional<Figures>> figures;
  private final Counter failures;
  private final Set<FigurePoint> waiting = new LinkedHashSet<>();
  private final Thread thread;
  private Duration pause = Duration.ZERO;
  private boolean closed;

  /**
   * Starts.
   *
   * @param figures of a point as they are now; empty where there are none
   */
  SinkThread(FigureSink sink, Function<FigurePoint, Optional<Figures>> figures, Counter failures) {
    this.sink = sink;
    this.figures = figures;
    this.failures = failures;
    this.thread = Thread.ofVirtual().name("salient-figures").start(this::run);
  }

  /** A point is to be brought. */
  synchronized void changed(FigurePoint point) {
    if (waiting.add(point)) {
      notifyAll();
    }
  }

  private void run() {
    try {
      for (FigurePoint point = next(); point != null; point = next()) {
        bring(point);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed while it waited for the sink
    } finally {
      try {
        sink.close();
      } catch (IOException e) {
        LOG.warnf("%s could not be closed: %s", sink.name(), e.getMessage());
      }
    }
  }

  private void bring(FigurePoint point) throws InterruptedException {
    try {
      Optional<Figures> now = figures.apply(point);
      if (now.isPresent()) {
        sink.take(now.get());
      }
      if (!pause.isZero()) {
        LOG.infof("%s takes figures again", sink.name());
      }
      pause = Duration.ZERO;
    } catch (IOException | UncheckedIOException e) {
      failed(point, e);
    }
  }

  private void failed(FigurePoint point, Exception e) throws InterruptedException {
    failures.increment();
    if (pause.isZero()) {
      LOG.warnf(
          "%s does not take figures; they wait, and results go on: %s", sink.name(), reason(e));
    }
    pause = pause.isZero() ? FIRST_PAUSE : min(pause.multipliedBy(2), LONGEST_PAUSE);
    long until = System.nanoTime() + pause.toNanos();
    synchronized (this) {
      waiting.add(point);
      for (long left = pause.toMillis(); left > 0 && !closed; ) {
        wait(left);
        left = Duration.ofNanos(until - System.nanoTime()).toMillis();
      }
    }
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  /** Null when it is closed and nothing can be brought any more. */
  private synchronized FigurePoint next() throws InterruptedException {
    while (waiting.isEmpty() && !closed) {
      wait();
    }
    if (waiting.isEmpty() || (closed && !pause.isZero())) {
      return null;
    }
    FigurePoint first = waiting.iterator().next();
    waiting.remove(first);
    return first;
  }

  /** What waits is brought, unless that takes too long; the next start brings the rest. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      if (!thread.join(LAST_WORDS)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
