package io.salient.standalone;

import java.util.HashMap;
import java.util.Map;

/**
 * Values of settings that are meant as they are: in a configuration a dollar begins the name of
 * another setting, and folders and regular expressions may hold one.
 */
public final class LiteralValue {
  private LiteralValue() {}

  /** What to write for a value. */
  public static String of(String value) {
    return value.replace("$", "\\$");
  }

  /** The same for all of them, by key. */
  public static Map<String, String> of(Map<String, String> values) {
    Map<String, String> literal = new HashMap<>(values);
    literal.replaceAll((key, value) -> of(value));
    return literal;
  }
}
