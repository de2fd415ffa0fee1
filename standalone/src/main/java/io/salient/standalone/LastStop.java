package io.salient.standalone;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Stops the broker after the services: they commit and leave their groups while they close, and
 * without a broker they would wait for it. Runs on the same shutdown event as they do, but after
 * every other observer.
 */
@ApplicationScoped
public class LastStop {
  private static final int AFTER_ALL_OTHERS = 1_000_000;

  private static EmbeddedKafka broker;
  private static WorkFolder folder;

  void onShutdown(@Observes @Priority(AFTER_ALL_OTHERS) ShutdownEvent event) {
    now();
  }

  static synchronized void closeAtTheEnd(EmbeddedKafka running) {
    broker = running;
  }

  static synchronized void deleteAtTheEnd(WorkFolder work) {
    folder = work;
  }

  /** Stops the broker and deletes a temporary folder, once. */
  static synchronized void now() {
    if (broker != null) {
      broker.close();
      broker = null;
    }
    if (folder != null) {
      folder.deleteIfTemporary();
      folder = null;
    }
  }
}
