package io.salient.standalone.command;

import java.util.Map;

/** Exit code of a job that ends by itself. */
final class OnceEnd {
  private OnceEnd() {}

  /** 0 when nothing failed; otherwise 1 and one line on standard error. */
  static int of(Map<Long, String> failures) {
    if (failures.isEmpty()) {
      return 0;
    }
    Map.Entry<Long, String> first = failures.entrySet().iterator().next();
    String others = failures.size() == 1 ? "" : " (and " + (failures.size() - 1) + " more)";
    System.err.println("salient: step " + first.getKey() + ": " + first.getValue() + others);
    return 1;
  }
}
