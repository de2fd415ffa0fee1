package io.salient.probe.training;

import io.salient.lca.probe.FitProgress;
import io.salient.probe.matrix.MatrixException;
import io.salient.schemas.StateFormatException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;

/**
 * The one thread of a process that fits: LibTorch uses all cores for one fit, so two at a time
 * would only be in each other's way. Early rankings, which are short, and final jobs are done
 * first, and otherwise jobs in the order in which they were submitted. A partition submits one job
 * at a time, so there are never more jobs than partitions.
 */
public final class FittingQueue implements AutoCloseable {
  private final CheckpointFitting fitting;
  private final ExecutorService worker;
  private final Deque<Ticket> finals = new ArrayDeque<>();
  private final Deque<Ticket> others = new ArrayDeque<>();
  private volatile boolean closed;

  /** A job that was submitted. */
  public final class Ticket {
    private final FitJob job;
    private final Consumer<FitOutcome> done;
    private volatile boolean cancelled;
    private volatile double share;

    private Ticket(FitJob job, Consumer<FitOutcome> done) {
      this.job = job;
      this.done = done;
    }

    /** The job. */
    public FitJob job() {
      return job;
    }

    /** Share of the optimisation that is done, 0 to 1. */
    public double done() {
      return share;
    }

    /** Ends the job at its next evaluation, or before it begins; its outcome is Dropped. */
    public void cancel() {
      cancelled = true;
    }

    private boolean wanted() {
      return !cancelled && !closed;
    }

    private void run() {
      FitOutcome outcome = wanted() ? outcome() : new FitOutcome.Dropped(job);
      if (!closed) {
        done.accept(outcome);
      }
    }

    // An Error of the JVM or of a library says nothing about the data, but for the lack of memory.
    private FitOutcome outcome() {
      FitProgress goOn =
          (phase, fraction) -> {
            share = phase == FitProgress.Phase.FIT ? fraction : share;
            return wanted();
          };
      try {
        return fitting.run(job, goOn);
      } catch (CancellationException e) {
        return new FitOutcome.Dropped(job);
      } catch (MatrixException | StateFormatException | KafkaException | UncheckedIOException e) {
        return wanted() ? new FitOutcome.Broken(job, e) : new FitOutcome.Dropped(job);
      } catch (RuntimeException | OutOfMemoryError e) {
        return new FitOutcome.Failed(job, e.getClass().getSimpleName() + ": " + e.getMessage());
      } catch (Error e) {
        return new FitOutcome.Broken(
            job, new IllegalStateException("the fitting thread met " + e, e));
      }
    }
  }

  /** A queue with its thread. */
  public FittingQueue(CheckpointFitting fitting) {
    this(
        fitting,
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("salient-fitting").daemon().factory()));
  }

  /**
   * A queue on a thread of the caller's.
   *
   * @param worker does one task at a time; closed with the queue
   */
  public FittingQueue(CheckpointFitting fitting, ExecutorService worker) {
    this.fitting = fitting;
    this.worker = worker;
  }

  /**
   * Submits a job.
   *
   * @param done called once with the outcome on the fitting thread; never after {@link #close}
   */
  public Ticket submit(FitJob job, Consumer<FitOutcome> done) {
    Ticket ticket = new Ticket(job, done);
    synchronized (this) {
      switch (job.kind()) {
        case EARLY -> finals.addFirst(ticket);
        case FINAL -> finals.addLast(ticket);
        case PROVISIONAL, TRANSFER -> others.addLast(ticket);
      }
    }
    worker.execute(() -> take().run());
    return ticket;
  }

  /** Jobs that wait. */
  public synchronized int size() {
    return finals.size() + others.size();
  }

  private synchronized Ticket take() {
    return finals.isEmpty() ? others.removeFirst() : finals.removeFirst();
  }

  /** Ends the running fit at its next evaluation and drops the rest; waits for the thread. */
  @Override
  public void close() {
    closed = true;
    worker.close();
  }
}
