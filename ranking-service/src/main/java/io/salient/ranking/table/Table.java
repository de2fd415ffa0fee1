package io.salient.ranking.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Rows of typed cells; what is not known is null. */
public final class Table {
  private final String name;
  private final String about;
  private final List<Column> columns;
  private final List<List<Object>> rows = new ArrayList<>();

  /**
   * A table without rows.
   *
   * @param name of it, in snake case
   * @param about what a row is
   * @param columns {@code name:type}, separated by commas; those without a type are text
   */
  public Table(String name, String about, String columns) {
    this.name = name;
    this.about = about;
    this.columns = Arrays.stream(columns.split(",", -1)).map(Column::parse).toList();
  }

  /**
   * Adds a row.
   *
   * @param cells one per column, of its type; null, and a number that is none, for what is not
   *     known
   * @throws IllegalArgumentException when there are more or fewer, or one is of another type
   */
  public void row(Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells for " + columns.size() + " columns of " + name);
    }
    List<Object> row = new ArrayList<>(cells.length);
    for (int i = 0; i < cells.length; i++) {
      row.add(cell(columns.get(i), cells[i]));
    }
    rows.add(Collections.unmodifiableList(row));
  }

  private Object cell(Column column, Object value) {
    try {
      return column.type().cell(value);
    } catch (ClassCastException e) {
      throw new IllegalArgumentException(
          "%s.%s is %s, not %s"
              .formatted(name, column.name(), column.type().text(), value.getClass().getName()),
          e);
    }
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** What a row is. */
  public String about() {
    return about;
  }

  /** Its columns, in order. */
  public List<Column> columns() {
    return columns;
  }

  /** Its rows, a cell per column; null for what is not known. */
  public List<List<Object>> rows() {
    return Collections.unmodifiableList(rows);
  }
}
