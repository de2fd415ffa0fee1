package io.salient.streams.log;

import org.jboss.logging.Logger;

/** Lines for those who run a service, one per event of a checkpoint, with its fields. */
public final class CheckpointLog {
  private final Logger log;

  /** Of the class that has something to tell; its name is the category. */
  public CheckpointLog(Class<?> teller) {
    log = Logger.getLogger(teller);
  }

  /** Something went as it should. */
  public void info(String run, long step, String what) {
    tell(Logger.Level.INFO, run, step, what);
  }

  /** Something was given up, and the reason. */
  public void warn(String run, long step, String what) {
    tell(Logger.Level.WARN, run, step, what);
  }

  private void tell(Logger.Level level, String run, long step, String what) {
    try (CheckpointFields _ = CheckpointFields.of(run, step)) {
      log.logf(level, "step %d of %s: %s", (Object) step, run, what);
    }
  }
}
