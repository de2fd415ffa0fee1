package io.salient.ranking.table;

import java.util.Locale;

/** What the cells of a column are. */
public enum ColumnType {
  /** Text. */
  TEXT,
  /** Text that CSV quotes always: an empty name is another cell than no name. */
  NAME,
  /** A whole number of 32 bits. */
  INT,
  /** A whole number of 64 bits. */
  LONG,
  /** A number of 32 bits. */
  FLOAT,
  /** A number of 64 bits. */
  DOUBLE,
  /** True or false. */
  BOOLEAN;

  /** Its name in lower case; a name is text to whoever reads. */
  public String text() {
    return (this == NAME ? TEXT : this).name().toLowerCase(Locale.ROOT);
  }

  static ColumnType named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /**
   * The cell as this type holds it; null for what is not known, numbers that are none included.
   *
   * @throws ClassCastException when it is of another type
   */
  Object cell(Object value) {
    boolean none = value instanceof Number number && !Double.isFinite(number.doubleValue());
    if (value == null || none) {
      return null;
    }
    return switch (this) {
      case TEXT, NAME -> value.toString();
      case INT -> (Integer) value;
      case LONG -> value instanceof Integer small ? Long.valueOf(small) : (Long) value;
      case FLOAT -> (Float) value;
      case DOUBLE -> (Double) value;
      case BOOLEAN -> (Boolean) value;
    };
  }
}
