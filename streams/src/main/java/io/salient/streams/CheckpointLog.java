package io.salient.streams;

import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Lines for those who run a service, one per event of a checkpoint. Run and step are fields of each
 * where logs are JSON ({@code mdc.run}, {@code mdc.step}), so that logs can be searched by them.
 */
public final class CheckpointLog {
  private static final String RUN = "run";
  private static final String STEP = "step";

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
    MDC.put(RUN, run);
    MDC.put(STEP, step);
    try {
      log.logf(level, "step %d of %s: %s", (Object) step, run, what);
    } finally {
      MDC.remove(STEP);
      MDC.remove(RUN);
    }
  }
}
