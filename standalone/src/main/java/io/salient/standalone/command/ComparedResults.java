package io.salient.standalone.command;

import io.salient.ranking.live.ResultStream;
import io.salient.ranking.view.RunResults;
import io.salient.schemas.ResultKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The results of a run with their drift. A ranking and its drift are committed together, yet read
 * one after the other, so that the last drift may come a moment after the last ranking.
 */
final class ComparedResults {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ResultStream results;
  private final String run;

  ComparedResults(ResultStream results, String run) {
    this.results = results;
    this.run = run;
  }

  /**
   * Waits until no comparison is still to come, or none came for ten seconds: the results then say
   * which are missing.
   */
  RunResults await() throws InterruptedException {
    Semaphore changes = new Semaphore(0);
    Consumer<ResultKey> listener = key -> changes.release();
    results.onChange(listener);
    try {
      RunResults now = now();
      while (!now.areCompared() && changes.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        changes.drainPermits();
        now = now();
      }
      return now;
    } finally {
      results.removeListener(listener);
    }
  }

  private RunResults now() {
    return RunResults.of(
        run,
        results.keys().stream()
            .filter(key -> key.run().equals(run))
            .map(results::record)
            .flatMap(Optional::stream)
            .toList());
  }
}
