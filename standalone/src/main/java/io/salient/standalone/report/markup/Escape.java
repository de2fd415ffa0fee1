package io.salient.standalone.report.markup;

/** Text that cannot be mistaken for markup. */
final class Escape {
  private static final int REPLACEMENT = 0xFFFD;

  private Escape() {}

  /**
   * Text for the content of an element or for an attribute in double quotes. Characters that XML
   * cannot hold at all (controls, halves of surrogate pairs) become U+FFFD.
   */
  static String xml(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> out.appendCodePoint(allowed(point) ? point : REPLACEMENT);
              }
            });
    return out.toString();
  }

  /** Production Char of XML 1.0, without the C1 controls that HTML calls an error. */
  private static boolean allowed(int point) {
    return point == '\t'
        || point == '\n'
        || (point >= 0x20 && point < 0x7F)
        || (point >= 0xA0 && point <= 0xD7FF)
        || (point >= 0xE000 && point <= 0xFFFD)
        || point >= 0x10000;
  }
}
