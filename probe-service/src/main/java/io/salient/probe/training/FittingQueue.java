package io.salient.probe.training;

import io.salient.lca.probe.FitProgress;
import io.salient.probe.matrix.MatrixException;
import io.salient.streams.state.StateFormatException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;

/**
 * The one thread of a process that fits: LibTorch uses all cores for one fit, so two at a time
 * would only be in each other's way. Jobs are done in the order of their {@link Tier}, those of one
 * tier as they were submitted. A patient job that runs is ended for one that is not, and is to be
 * submitted again. A partition submits one job at a time, so there are never more jobs than
 * partitions.
 */
public final class FittingQueue implements AutoCloseable {
  private final CheckpointFitting fitting;
  private final ExecutorService worker;
  private final Map<Tier, Deque<Ticket>> waiting = new EnumMap<>(Tier.class);
  private Ticket running;
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

    /** Share of the fit or of the evaluations that is done, 0 to 1. */
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
      FitProgress.Phase told =
          job.tier() == Tier.EVALUATION ? FitProgress.Phase.ANALYSE : FitProgress.Phase.FIT;
      FitProgress goOn =
          (phase, fraction) -> {
            share = phase == told ? Math.max(share, fraction) : share;
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
      waiting.computeIfAbsent(job.tier(), tier -> new ArrayDeque<>()).addLast(ticket);
      if (running != null && running.job.tier().isPatient() && !job.tier().isPatient()) {
        running.cancel();
      }
    }
    worker.execute(this::work);
    return ticket;
  }

  /** Jobs that wait. */
  public synchronized int size() {
    return waiting.values().stream().mapToInt(Deque::size).sum();
  }

  private void work() {
    Ticket next = take();
    next.run();
    synchronized (this) {
      running = null;
    }
  }

  private synchronized Ticket take() {
    for (Deque<Ticket> tier : waiting.values()) { // by tier: it is an EnumMap
      if (!tier.isEmpty()) {
        running = tier.removeFirst();
        return running;
      }
    }
    throw new IllegalStateException("more tasks than jobs");
  }

  /** Ends the running fit at its next evaluation and drops the rest; waits for the thread. */
  @Override
  public void close() {
    closed = true;
    worker.close();
  }
}
