package io.salient.ranking.view;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Lines of comma-separated values (RFC 4180). A cell is quoted where it has to be. */
public final class Csv {
  private Csv() {}

  /**
   * A cell that is quoted whatever it holds: an empty label is then another cell than no label.
   *
   * @param text of the cell
   */
  public record Quoted(String text) {}

  /** One line without its end; null becomes an empty cell. */
  public static String line(Object... cells) {
    return Arrays.stream(cells).map(Csv::cell).collect(Collectors.joining(","));
  }

  private static String cell(Object value) {
    if (value instanceof Quoted quoted) {
      return quoted(quoted.text());
    }
    String text = value == null ? "" : value.toString();
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : quoted(text);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }
}
