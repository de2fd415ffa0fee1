package io.salient.ranking.table;

/**
 * A column of a table.
 *
 * @param name in snake case, as CSV and Parquet have it
 * @param type of its cells; any may be null
 */
public record Column(String name, ColumnType type) {
  /** Reads {@code name} or {@code name:type}; a name alone is text. */
  static Column parse(String text) {
    String[] parts = text.split(":", 2);
    return new Column(parts[0], parts.length == 1 ? ColumnType.TEXT : ColumnType.named(parts[1]));
  }
}
