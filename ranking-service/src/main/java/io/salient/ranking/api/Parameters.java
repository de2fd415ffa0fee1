package io.salient.ranking.api;

import io.salient.ranking.settings.RankingSettings;
import io.salient.schemas.Names;
import java.util.List;
import java.util.Set;

/** Reads what came in a request; all that it refuses is a 400. */
final class Parameters {
  private Parameters() {}

  static String name(String what, String value) {
    if (!Names.allowed(value)) {
      throw bad(
          what,
          "must be 1 to 200 letters, digits, blanks or . _ : = + @ - and start with a letter or"
              + " digit");
    }
    return value;
  }

  /** Two or more different names, separated by commas. */
  static List<String> runs(String value) {
    List<String> runs = value == null ? List.of() : List.of(value.split(",", -1));
    if (runs.size() < 2 || Set.copyOf(runs).size() < runs.size()) {
      throw bad("runs", "must be two or more different runs, separated by commas");
    }
    runs.forEach(run -> name("runs", run));
    return runs;
  }

  static long step(String what, String value) {
    try {
      long step = Long.parseLong(value);
      if (step >= 0) {
        return step;
      }
    } catch (NumberFormatException e) {
      throw bad(what, "must be a whole number, 0 or more");
    }
    throw bad(what, "must be a whole number, 0 or more");
  }

  static int top(String value, int otherwise) {
    if (value == null) {
      return otherwise;
    }
    try {
      int top = Integer.parseInt(value);
      if (top >= 1 && top <= RankingSettings.MAX_TOP) {
        return top;
      }
    } catch (NumberFormatException e) {
      throw badTop();
    }
    throw badTop();
  }

  private static ProblemException badTop() {
    return bad("top", "must be a whole number from 1 to " + RankingSettings.MAX_TOP);
  }

  static ProblemException bad(String what, String why) {
    return new ProblemException(400, "Bad request", what + " " + why);
  }
}
