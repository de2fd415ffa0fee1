package io.salient.standalone;

import io.salient.schemas.TellingCause;

/** Says in one line on standard error what went wrong. */
public final class Failures {
  private Failures() {}

  /** Prints the most telling message of the failure's causes. */
  public static void report(Throwable failure) {
    System.err.println("salient: " + TellingCause.of(failure));
  }
}
