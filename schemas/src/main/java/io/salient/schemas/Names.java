package io.salient.schemas;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** What a run or a concept may be called: it becomes part of keys, of paths and of a page. */
public final class Names {
  private static final Pattern ALLOWED =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._:=+@-]{0,199}");

  private static final Pattern FOREIGN = Pattern.compile("[^\\p{L}\\p{N} ._:=+@-]");
  private static final String FRONT = "^[^\\p{L}\\p{N}]+";
  private static final int LONGEST = 200;

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

  /**
   * A name for a folder or file, which may be called anything: letters with marks are composed,
   * what is not allowed becomes {@code _} and is left out in front.
   *
   * @param otherwise what stands for a text of which nothing is left
   */
  public static String from(String text, String otherwise) {
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    String name = FOREIGN.matcher(composed).replaceAll("_").replaceFirst(FRONT, "");
    int letters = Math.min(name.codePointCount(0, name.length()), LONGEST);
    return name.isEmpty() ? otherwise : name.substring(0, name.offsetByCodePoints(0, letters));
  }
}
