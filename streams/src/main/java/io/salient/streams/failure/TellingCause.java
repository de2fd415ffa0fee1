package io.salient.streams.failure;

import java.util.ArrayList;
import java.util.List;

/**
 * The one line that says what went wrong. Frameworks wrap exceptions in others, and libraries have
 * causes of their own below: what people should read is the sentence that Salient's code wrote, and
 * only where it wrote none, the innermost message.
 */
public final class TellingCause {
  private static final String OURS = "io.salient.";

  private TellingCause() {}

  /** The sentence, on one line; with the reason behind it where it does not hold it itself. */
  public static String of(Throwable failure) {
    List<Throwable> chain = chain(failure);
    Throwable told =
        chain.stream()
            .filter(TellingCause::hasMessage)
            .filter(TellingCause::isOurs)
            .findFirst()
            .orElseGet(() -> innermost(chain));
    String message = hasMessage(told) ? told.getMessage() : told.toString();
    return oneLine(withReason(message, told.getCause()));
  }

  /** The same text without line breaks. */
  public static String oneLine(String message) {
    return message.replaceAll("\\s*\\R\\s*", " ").strip();
  }

  private static String withReason(String message, Throwable cause) {
    if (cause == null || !hasMessage(cause) || message.contains(cause.getMessage())) {
      return message;
    }
    String reason = innermost(chain(cause)).getMessage();
    return message.contains(reason) ? message : message + ": " + reason;
  }

  private static List<Throwable> chain(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable next = failure; next != null && !chain.contains(next); next = next.getCause()) {
      chain.add(next);
    }
    return chain;
  }

  private static Throwable innermost(List<Throwable> chain) {
    return chain.reversed().stream()
        .filter(TellingCause::hasMessage)
        .findFirst()
        .orElse(chain.getLast());
  }

  private static boolean hasMessage(Throwable failure) {
    return failure.getMessage() != null && !failure.getMessage().isBlank();
  }

  /** True for an exception that our own code made with a sentence of its own. */
  private static boolean isOurs(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    boolean wrapsOnly =
        failure.getCause() != null && failure.getMessage().equals(failure.getCause().toString());
    return !wrapsOnly && trace.length > 0 && trace[0].getClassName().startsWith(OURS);
  }
}
