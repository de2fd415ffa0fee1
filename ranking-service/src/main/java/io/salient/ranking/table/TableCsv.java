package io.salient.ranking.table;

import io.salient.ranking.view.Csv;
import java.util.List;

/** A table as comma-separated values (RFC 4180), with a header; null is an empty cell. */
public final class TableCsv {
  private static final String END = "\r\n";

  private TableCsv() {}

  /** All of it. */
  public static String of(Table table) {
    List<Column> columns = table.columns();
    StringBuilder text =
        new StringBuilder(Csv.line(columns.stream().map(Column::name).toArray())).append(END);
    Object[] cells = new Object[columns.size()];
    for (List<Object> row : table.rows()) {
      for (int i = 0; i < cells.length; i++) {
        cells[i] = cell(columns.get(i), row.get(i));
      }
      text.append(Csv.line(cells)).append(END);
    }
    return text.toString();
  }

  private static Object cell(Column column, Object value) {
    return value != null && column.type() == ColumnType.NAME
        ? new Csv.Quoted(value.toString())
        : value;
  }
}
