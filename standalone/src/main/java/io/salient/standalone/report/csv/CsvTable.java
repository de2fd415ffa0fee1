package io.salient.standalone.report.csv;

import io.salient.ranking.view.Csv;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One file of numbers; what is not known is an empty cell. */
public final class CsvTable {
  private static final String END = "\r\n";

  private final String file;
  private final String about;
  private final List<String> columns;
  private final List<Object[]> rows = new ArrayList<>();

  /**
   * A table without rows.
   *
   * @param file its name, with ending
   * @param about what a row is
   * @param columns their names, separated by commas
   */
  CsvTable(String file, String about, String columns) {
    this.file = file;
    this.about = about;
    this.columns = List.of(columns.split(",", -1));
  }

  void row(Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells for " + columns.size() + " columns of " + file);
    }
    rows.add(Arrays.stream(cells).map(CsvTable::known).toArray());
  }

  private static Object known(Object cell) {
    boolean nothing = cell instanceof Number number && !Double.isFinite(number.doubleValue());
    return nothing ? null : cell;
  }

  /** Name of the file. */
  public String file() {
    return file;
  }

  /** What a row is. */
  public String about() {
    return about;
  }

  /** Names of the columns. */
  public List<String> columns() {
    return columns;
  }

  /** Number of rows. */
  public int size() {
    return rows.size();
  }

  /** Writes it into a folder, over a file of the same name. */
  public void writeTo(Path folder) throws IOException {
    StringBuilder text = new StringBuilder(Csv.line(columns.toArray())).append(END);
    rows.forEach(row -> text.append(Csv.line(row)).append(END));
    // Half a surrogate pair becomes a question mark here, where writeString would throw.
    Files.write(folder.resolve(file), text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
