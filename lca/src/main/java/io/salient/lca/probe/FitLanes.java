package io.salient.lca.probe;

import io.salient.torch.TorchEngine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many fits, two at a time, each on a thread of its own with half of LibTorch's threads. Much of a
 * fit is too small to be shared by all processors, so that two beside each other end sooner than
 * one after the other.
 */
final class FitLanes {
  /** More would end sooner still on many processors, and take as much more memory. */
  static final int LANES = 2;

  private final Watch watch;
  private final double[] done;
  private Throwable failure;

  private FitLanes(int fits, Watch watch) {
    this.watch = watch;
    this.done = new double[fits];
  }

  /** Makes one fit. */
  @FunctionalInterface
  interface Fit<T> {
    /**
     * Fits; writes to nothing that it shares with others, but for the memory of its lane.
     *
     * @param number from 0
     * @param lane from 0 to {@link #LANES} - 1: no other fit is on it
     * @param watch its own
     */
    T make(int number, int lane, Watch watch);
  }

  /** Receives results. */
  @FunctionalInterface
  interface Sink<T> {
    /**
     * Takes one.
     *
     * @param number from 0, one more each time
     */
    void take(int number, T result);
  }

  /**
   * Makes fits, and returns or throws when none is left that runs, whatever becomes of them: their
   * memory is the caller's. Where one fails, those that run end at their next report.
   *
   * @param watch of all together; one thread at a time reports to it
   * @param sink receives the results in order, on the caller's thread
   * @throws FitCancelledException when progress says so
   */
  static <T> void run(int fits, Watch watch, Fit<T> fit, Sink<T> sink) {
    FitLanes lanes = new FitLanes(fits, watch);
    try (ExecutorService threads = lanes.threads()) {
      Deque<CompletableFuture<T>> results = new ArrayDeque<>();
      for (int i = 0; i < fits; i++) {
        int number = i;
        results.add(CompletableFuture.supplyAsync(() -> lanes.make(number, fit), threads));
      }
      lanes.hand(results, sink);
    }
    lanes.throwFailure();
  }

  private ExecutorService threads() {
    AtomicInteger lane = new AtomicInteger();
    return Executors.newFixedThreadPool(
        LANES, task -> new Lane(lane.getAndIncrement() % LANES, task));
  }

  /** Knows which one it is. */
  private static final class Lane extends Thread {
    private final int number;

    Lane(int number, Runnable task) {
      super(task, "fit-lane-" + number);
      this.number = number;
    }
  }

  private <T> void hand(Deque<CompletableFuture<T>> results, Sink<T> sink) {
    try {
      for (int number = 0; !results.isEmpty(); number++) {
        sink.take(number, results.remove().join());
      }
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private <T> T make(int number, Fit<T> fit) {
    try {
      TorchEngine.onThisThread(Math.max(1, TorchEngine.threads() / LANES));
      Watch own = new Watch((phase, share) -> report(number, phase, share));
      own.report(FitProgress.Phase.FIT, 0); // ends at once where another has failed
      return fit.make(number, ((Lane) Thread.currentThread()).number, own);
    } catch (RuntimeException | Error e) {
      fail(e);
      throw e;
    }
  }

  private synchronized boolean report(int number, FitProgress.Phase phase, double share) {
    done[number] = share;
    double sum = 0;
    for (double each : done) {
      sum += each;
    }
    watch.report(phase, sum / done.length);
    return failure == null;
  }

  /** The first failure is the cause of the others. */
  private synchronized void fail(Throwable cause) {
    failure = failure == null ? cause : failure;
  }

  private synchronized void throwFailure() {
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }
}
