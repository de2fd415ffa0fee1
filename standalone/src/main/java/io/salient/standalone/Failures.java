package io.salient.standalone;

import io.salient.streams.failure.TellingCause;

/** Says in one line on standard error what went wrong. */
public final class Failures {
  private Failures() {}

  /**
   * Prints the most telling message of the failure's causes; nothing while the process is being
   * stopped, when things fail because others are gone already.
   */
  public static void report(Throwable failure) {
    if (LastStop.ending()) {
      return;
    }
    System.err.println("salient: " + TellingCause.of(failure));
  }
}
