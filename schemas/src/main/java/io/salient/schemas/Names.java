package io.salient.schemas;

import java.util.regex.Pattern;

/** What a run or a concept may be called: it becomes part of keys, of paths and of a page. */
public final class Names {
  private static final Pattern ALLOWED =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._:=+@-]{0,199}");

  private Names() {}

  /**
   * True for 1 to 200 letters, digits, blanks and {@code . _ : = + @ -}, the first a letter or
   * digit.
   */
  public static boolean allowed(String name) {
    return name != null && ALLOWED.matcher(name).matches();
  }

  /**
   * The name itself.
   *
   * @param what what is named, for the message
   * @throws IllegalArgumentException when it is not allowed
   */
  public static String require(String what, String name) {
    if (!allowed(name)) {
      throw new IllegalArgumentException(
          what
              + " must be 1 to 200 letters, digits, blanks or . _ : = + @ - and start with a letter"
              + " or digit");
    }
    return name;
  }
}
