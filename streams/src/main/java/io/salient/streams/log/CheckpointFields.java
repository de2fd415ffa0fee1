package io.salient.streams.log;

import org.jboss.logging.MDC;

/**
 * While it is open, every line that this thread logs has run and step as fields, where logs are
 * JSON ({@code mdc.run}, {@code mdc.step}), so that logs can be searched by them.
 */
public final class CheckpointFields implements AutoCloseable {
  private static final String RUN = "run";
  private static final String STEP = "step";

  private CheckpointFields() {}

  /** Begins; to be closed on the same thread, before another is opened. */
  public static CheckpointFields of(String run, long step) {
    MDC.put(RUN, run);
    MDC.put(STEP, step);
    return new CheckpointFields();
  }

  @Override
  public void close() {
    MDC.remove(STEP);
    MDC.remove(RUN);
  }
}
