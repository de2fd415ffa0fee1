package io.salient.standalone.report.markup;

/**
 * How wide a text will be. Which font a reader has is not known, so this errs on the wide side of
 * the common sans-serif ones.
 */
public final class TextWidth {
  private static final String NARROW = "ijl.,:;|!'`()[]tfr -";

  private TextWidth() {}

  /** Width in pixels at a font size in pixels. */
  public static double of(String text, double size) {
    return size * text.codePoints().mapToDouble(TextWidth::ems).sum();
  }

  /** The text, or as much of its beginning as is no wider, with an ellipsis. */
  public static String cut(String text, double size, double width) {
    if (of(text, size) <= width) {
      return text;
    }
    int end = text.length();
    while (end > 0 && of(text.substring(0, end) + "…", size) > width) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end) + "…";
  }

  private static double ems(int point) {
    if (point >= 0x1100) {
      return 1.05;
    }
    if (NARROW.indexOf(point) >= 0) {
      return 0.36;
    }
    boolean wide = Character.isUpperCase(point) || point == 'm' || point == 'w' || point == '%';
    return wide ? 0.78 : 0.58;
  }
}
