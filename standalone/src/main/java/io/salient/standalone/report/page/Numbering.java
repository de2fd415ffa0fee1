package io.salient.standalone.report.page;

import io.salient.standalone.report.markup.Element;
import java.util.List;

/** Numbers figures and tables of a page in the order in which they are made. */
final class Numbering {
  private int figures;
  private int tables;

  /** A figure of one drawing or several side by side, with its caption below. */
  Element figure(List<Element> drawings, String title, String says) {
    return Element.of(
        "figure",
        Element.of("div", drawings).with("class", "drawings"),
        caption("Figure " + ++figures + ". " + title, says));
  }

  /** A table with its caption above. */
  Element table(HtmlTable table, String title, String says) {
    Element caption = caption("Table " + ++tables + ". " + title, says);
    return Element.of(
        "figure", caption, Element.of("div", table.element()).with("class", "scroll"));
  }

  private static Element caption(String head, String says) {
    return Element.of("figcaption", Element.of("b", head + "."), " ", says);
  }
}
