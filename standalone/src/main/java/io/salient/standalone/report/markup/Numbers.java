package io.salient.standalone.report.markup;

import java.util.Locale;

/**
 * Numbers for people, the same in every locale: on pages with a dash where there is none and true
 * minus signs, on the terminal in plain characters.
 */
public final class Numbers {
  /** What stands where a number is not known. */
  public static final String NONE = "–";

  private static final String MINUS = "−";

  private Numbers() {}

  /** 0.9312 as 93.1 %; a dash for null and NaN. */
  public static String percent(Double share) {
    return percent(share, 1);
  }

  /** A share in percent with some digits after the point. */
  public static String percent(Double share, int digits) {
    return isKnown(share) ? fixed(100 * share, digits) + "\u00a0%" : NONE;
  }

  /** A difference of shares in points, with its sign. */
  public static String points(double difference) {
    return signed(100 * difference, 1);
  }

  /** A number with its sign: plus, minus, or none for zero. */
  public static String signed(double value, int digits) {
    String text = fixed(value, digits);
    boolean positive = value > 0 && !text.equals(fixed(0.0, digits));
    return positive ? "+" + text : text;
  }

  /** A number with some digits after the point; a dash for null and NaN. */
  public static String fixed(Double value, int digits) {
    if (!isKnown(value)) {
      return NONE;
    }
    String text = String.format(Locale.ROOT, "%." + digits + "f", value);
    String zero = String.format(Locale.ROOT, "-%." + digits + "f", 0.0);
    return text.equals(zero) ? text.substring(1) : text.replace("-", MINUS);
  }

  /** For the terminal: three digits after the point; "unknown" for null. */
  public static String plain(Double value) {
    return plain(value, 3);
  }

  /** For the terminal: some digits after the point; "unknown" for null. */
  public static String plain(Double value, int digits) {
    return value == null ? "unknown" : String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** A whole number in groups of three. */
  public static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', '\u202f').replace("-", MINUS);
  }

  /** True for a number that is there. */
  public static boolean isKnown(Double value) {
    return value != null && Double.isFinite(value);
  }

  /** A position in a drawing. */
  static String pixels(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
