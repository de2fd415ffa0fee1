package io.salient.standalone;

/** Says in one line on standard error what went wrong. */
public final class Failures {
  private Failures() {}

  /** Prints the most telling message of the failure's causes. */
  public static void report(Throwable failure) {
    System.err.println("salient: " + message(failure));
  }

  /** The message of the innermost cause that has one, on one line. */
  public static String message(Throwable failure) {
    String best = failure.toString();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
        best = cause.getMessage();
      }
    }
    return oneLine(best);
  }

  static String oneLine(String message) {
    return message.replaceAll("\\s*\\R\\s*", " ").strip();
  }
}
