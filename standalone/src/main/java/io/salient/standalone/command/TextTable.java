package io.salient.standalone.command;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table of text: columns as wide as their widest cell, numbers to the right. */
final class TextTable {
  private static final String WIDE = "   ";
  private static final String NARROW = "  ";
  private static final String INDENT = "  ";

  private final List<String[]> rows = new ArrayList<>();
  private String indent = INDENT;
  private String gap = WIDE;

  TextTable(String... header) {
    rows.add(header);
  }

  /** With columns closer to each other, for a table that has to fit. */
  TextTable narrow() {
    indent = "";
    gap = NARROW;
    return this;
  }

  void row(Object... cells) {
    rows.add(Arrays.stream(cells).map(String::valueOf).toArray(String[]::new));
  }

  void print(PrintStream out) {
    lines().forEach(out::println);
  }

  /** The header, then the rows. */
  List<String> lines() {
    int[] widths = new int[rows.getFirst().length];
    for (String[] row : rows) {
      for (int c = 0; c < row.length; c++) {
        widths[c] = Math.max(widths[c], row[c].length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < row.length; c++) {
        String pad = " ".repeat(widths[c] - row[c].length());
        line.append(c == 0 ? indent : gap).append(isNumber(c) ? pad + row[c] : row[c] + pad);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private boolean isNumber(int column) {
    return rows.size() > 1 && rows.get(1)[column].matches("-?[0-9.]+|unknown");
  }
}
