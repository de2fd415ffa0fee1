package io.salient.extractor.model.architecture;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program's text with holes, {@code {{name}}}, for what differs between its variants. A hole that
 * is filled must be there, and none may stay open, so that a variant is never the text of another
 * one: {@code String.replace} would leave a text that it does not match as it is.
 *
 * @param text with the holes that are still open
 */
public record Template(String text) {
  private static final Pattern HOLE = Pattern.compile("\\{\\{([a-z_]+)}}");

  /** What the holes of a text are filled into. */
  public static Template of(String text) {
    return new Template(text);
  }

  /**
   * Fills every hole of a name.
   *
   * @throws IllegalStateException when there is none
   */
  public Template fill(String name, String part) {
    String hole = "{{" + name + "}}";
    if (!text.contains(hole)) {
      throw new IllegalStateException("no hole " + hole + " in:\n" + text);
    }
    return new Template(text.replace(hole, part));
  }

  /** The same for a number. */
  public Template fill(String name, int number) {
    return fill(name, Integer.toString(number));
  }

  /**
   * The text once all is filled.
   *
   * @throws IllegalStateException naming a hole that is open
   */
  public String filled() {
    Matcher open = HOLE.matcher(text);
    if (open.find()) {
      throw new IllegalStateException("hole " + open.group() + " is open in:\n" + text);
    }
    return text;
  }
}
