package io.salient.ranking.api;

import io.salient.ranking.settings.RankingSettings;
import io.salient.ranking.view.NeuronQuery;
import io.salient.schemas.Names;
import io.salient.security.http.ProblemException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Set;

/** Reads what came in a request; all that it refuses is a 400. */
final class Parameters {
  private static final int MAX_TEXT = 200;

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
    return value == null ? otherwise : number("top", value, 1, RankingSettings.MAX_TOP);
  }

  /** A whole number between two. */
  static int number(String what, String value, int least, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw outside(what, least, most);
    }
    throw outside(what, least, most);
  }

  private static ProblemException outside(String what, int least, int most) {
    return bad(what, "must be a whole number from " + least + " to " + most);
  }

  /** A label as a corpus has it; null for none. */
  static String label(String value) {
    if (value != null && value.length() > MAX_TEXT) {
      throw bad("label", "must be of " + MAX_TEXT + " characters at most");
    }
    return value;
  }

  /** What is looked for; empty for all. */
  static String search(String value) {
    if (value != null && value.length() > MAX_TEXT) {
      throw bad("search", "must be of " + MAX_TEXT + " characters at most");
    }
    return value == null ? "" : value;
  }

  /** An order, by its name in lower case. */
  static NeuronQuery.Order order(String value) {
    if (value == null) {
      return NeuronQuery.Order.RANK;
    }
    return switch (value) {
      case "rank" -> NeuronQuery.Order.RANK;
      case "place" -> NeuronQuery.Order.PLACE;
      case "moved" -> NeuronQuery.Order.MOVED;
      default -> throw bad("order", "must be rank, place or moved");
    };
  }

  /**
   * How a table is to be told: by the parameter, else by the first of the header's types that is
   * one.
   */
  static Format format(String format, HttpHeaders headers) {
    return format == null
        ? Format.accepted(headers.getAcceptableMediaTypes())
        : Format.named(format).orElseThrow(() -> bad("format", "must be json, csv or parquet"));
  }

  static ProblemException bad(String what, String why) {
    return new ProblemException(ProblemCode.BAD_REQUEST, what + " " + why);
  }
}
