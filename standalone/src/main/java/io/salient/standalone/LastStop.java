package io.salient.standalone;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stops the broker after the services, and deletes what was temporary, whatever ends the process:
 * services commit and leave their groups while they close, and without a broker they would wait for
 * it. Runs on the same shutdown event as they do, but after every other observer; and in a shutdown
 * hook for an end that comes before the services have started.
 */
@ApplicationScoped
public class LastStop {
  private static final int AFTER_ALL_OTHERS = 1_000_000;

  /** How long an interrupted start has to come to its end. */
  private static final int PATIENCE_SECONDS = 30;

  private static final List<Path> FOLDERS = new CopyOnWriteArrayList<>();
  private static final Deque<AutoCloseable> STARTED = new ArrayDeque<>();
  private static volatile CountDownLatch running;
  private static volatile boolean ending;
  private static boolean hooked;

  void onShutdown(@Observes @Priority(AFTER_ALL_OTHERS) ShutdownEvent event) {
    now();
  }

  /** From here on there may be something to be stopped: {@link #now} will be called. */
  static void expect() {
    running = new CountDownLatch(1);
  }

  /** What was started last is closed first. */
  static synchronized void closeAtTheEnd(AutoCloseable started) throws InterruptedIOException {
    hook();
    STARTED.push(started);
  }

  private static void hook() throws InterruptedIOException {
    if (ending) {
      throw new InterruptedIOException("stopped before it began");
    }
    if (!hooked) {
      hooked = true;
      Runtime.getRuntime().addShutdownHook(new Thread(LastStop::interrupted, "salient-last-stop"));
    }
  }

  /**
   * A fresh folder below the temporary one, deleted with the process.
   *
   * @throws InterruptedIOException when the process is on its way out: the folders may have been
   *     deleted already, and this one would be left behind
   */
  public static synchronized Path temporaryFolder(String prefix) throws IOException {
    hook();
    Path folder = Files.createTempDirectory(prefix);
    FOLDERS.add(folder);
    return folder;
  }

  /** True once the process is on its way out, so that nothing more should be started. */
  static boolean ending() {
    return ending;
  }

  private static void interrupted() {
    ending = true;
    CountDownLatch started = running;
    try {
      if (started != null && !started.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println(
            "salient: still busy after " + PATIENCE_SECONDS + " s, ended all the same");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    now();
  }

  /** Stops what was started and deletes temporary folders, once. */
  static synchronized void now() {
    while (!STARTED.isEmpty()) {
      close(STARTED.pop());
    }
    deleteFolders();
    if (running != null) {
      running.countDown();
    }
  }

  private static void close(AutoCloseable started) {
    try {
      started.close();
    } catch (Exception e) { // whatever it is, the rest is stopped too
      System.err.println("salient: not stopped cleanly: " + e.getMessage());
    }
  }

  /** Without a broker that could be stopped any more. */
  static void deleteFolders() {
    for (Path folder : FOLDERS) {
      try {
        FolderDeletion.delete(folder);
      } catch (IOException e) {
        System.err.println("salient: " + folder + " could not be deleted: " + e.getMessage());
      }
    }
    FOLDERS.clear();
  }
}
