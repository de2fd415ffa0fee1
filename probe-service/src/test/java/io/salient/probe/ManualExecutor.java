package io.salient.probe;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** A fitting thread that works when the test says so: the caller's own. */
public final class ManualExecutor extends AbstractExecutorService {
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private boolean closed;

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  /** Does what waits; false when nothing did. */
  public boolean work() {
    boolean any = !tasks.isEmpty();
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
    return any;
  }

  /** Tasks that wait. */
  public int waiting() {
    return tasks.size();
  }

  @Override
  public void shutdown() {
    closed = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    closed = true;
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return closed;
  }

  @Override
  public boolean isTerminated() {
    return closed;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }
}
