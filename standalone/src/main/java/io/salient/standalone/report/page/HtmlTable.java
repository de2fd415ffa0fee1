package io.salient.standalone.report.page;

import io.salient.standalone.report.markup.Element;
import java.util.ArrayList;
import java.util.List;

/** A table: the first cell heads its row; columns whose title begins with # hold numbers. */
final class HtmlTable {
  private static final String NUMBER = "#";

  private final List<String> titles;
  private final List<Element> rows = new ArrayList<>();

  HtmlTable(String... titles) {
    this.titles = List.of(titles);
  }

  /** A row of texts or elements. */
  HtmlTable row(Object... cells) {
    if (cells.length != titles.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + titles);
    }
    Element row = Element.of("tr");
    for (int i = 0; i < cells.length; i++) {
      Element cell = Element.of(i == 0 ? "th" : "td", cells[i]).with("class", look(i));
      row.add(i == 0 ? cell.with("scope", "row") : cell);
    }
    rows.add(row);
    return this;
  }

  private String look(int column) {
    return titles.get(column).startsWith(NUMBER) ? "number" : null;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  Element element() {
    Element head = Element.of("tr");
    for (int i = 0; i < titles.size(); i++) {
      String title = titles.get(i).replaceFirst("^" + NUMBER, "");
      head.add(Element.of("th", title).with("scope", "col").with("class", look(i)));
    }
    return Element.of("table", Element.of("thead", head), Element.of("tbody", rows));
  }
}
