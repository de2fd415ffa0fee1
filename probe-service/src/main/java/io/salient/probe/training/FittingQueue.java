package io.salient.probe.training;

import io.salient.lca.probe.FitCancelledException;
import io.salient.lca.probe.FitProgress;
import io.salient.probe.matrix.MatrixException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;

/**
 * The one thread of a process that fits: LibTorch uses all cores for one fit, so two at a time
 * would only be in each other's way. Jobs are done in the order in which they were submitted, but a
 * final one before provisional ones.
 */
public final class FittingQueue implements AutoCloseable {
  private final CheckpointFitting fitting;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("salient-fitting").daemon().factory());
  private final Deque<Submitted> waiting = new ArrayDeque<>();
  private volatile boolean closed;

  private record Submitted(FitJob job, Consumer<FitOutcome> done) {}

  /** A queue with its thread. */
  public FittingQueue(CheckpointFitting fitting) {
    this.fitting = fitting;
  }

  /**
   * Submits a job.
   *
   * @param done called with the outcome on the fitting thread; never for a job that {@link #close}
   *     dropped
   */
  public synchronized void submit(FitJob job, Consumer<FitOutcome> done) {
    Submitted submitted = new Submitted(job, done);
    if (job.kind() == FitJob.Kind.FINAL) {
      waiting.addFirst(submitted);
    } else {
      waiting.addLast(submitted);
    }
    worker.execute(this::next);
  }

  /** Jobs that wait. */
  public synchronized int size() {
    return waiting.size();
  }

  private synchronized Submitted take() {
    return waiting.pollFirst();
  }

  private void next() {
    Submitted next = take();
    if (next != null && !closed) {
      FitOutcome outcome = outcome(next.job());
      if (outcome != null && !closed) {
        next.done().accept(outcome);
      }
    }
  }

  private FitOutcome outcome(FitJob job) {
    FitProgress goOn = (phase, fraction) -> !closed;
    try {
      return fitting.run(job, goOn);
    } catch (FitCancelledException e) {
      return null; // closed: the stream takes it up again after the restart
    } catch (MatrixException | KafkaException e) {
      return new FitOutcome.Broken(job, e);
    } catch (RuntimeException | OutOfMemoryError e) {
      return new FitOutcome.Failed(job, e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  /** Ends the running fit at its next evaluation and drops the rest; waits for the thread. */
  @Override
  public void close() {
    closed = true;
    worker.close();
  }
}
