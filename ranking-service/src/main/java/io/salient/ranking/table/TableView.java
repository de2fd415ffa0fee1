package io.salient.ranking.table;

import java.util.List;

/**
 * A table as JSON: its columns once, then its rows.
 *
 * @param name of it
 * @param about what a row is
 * @param columns in order
 * @param rows a cell per column; null for what is not known
 */
public record TableView(String name, String about, List<Head> columns, List<List<Object>> rows) {
  /**
   * A column.
   *
   * @param name in snake case
   * @param type text, int, long, float, double or boolean
   */
  public record Head(String name, String type) {}

  /** All of a table. */
  public static TableView of(Table table) {
    return new TableView(
        table.name(),
        table.about(),
        table.columns().stream()
            .map(column -> new Head(column.name(), column.type().text()))
            .toList(),
        table.rows());
  }
}
