package io.salient.standalone.command;

import java.util.Map;

/** Exit code of a job that ends by itself. */
final class OnceEnd {
  private OnceEnd() {}

  /** 0 when nothing failed; otherwise 1 and one line on standard error for every step. */
  static int of(Map<Long, String> failures) {
    failures.forEach((step, why) -> System.err.println("salient: step " + step + ": " + why));
    return failures.isEmpty() ? 0 : 1;
  }
}
