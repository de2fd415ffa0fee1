package io.salient.standalone.report.figure;

import io.salient.standalone.report.markup.Element;
import io.salient.standalone.report.markup.TextWidth;
import java.util.Locale;

/**
 * A drawing with a plot area: frame, axes, text. Positions in pixels from the upper left corner.
 */
final class Canvas {
  static final String PAPER = "#ffffff";
  static final String INK = "#1b2430";
  static final String GREY = "#56606c";
  static final String GRID = "#dde1e6";
  static final double FONT = 12.5;

  private static final double TICK_GAP = 6;

  private final Element root;
  private final double left;
  private final double right;
  private final double top;
  private final double bottom;

  /**
   * An empty drawing.
   *
   * @param left edge of the plot area, as are the other three
   */
  Canvas(
      String title,
      int width,
      double height,
      double left,
      double right,
      double top,
      double bottom) {
    this.left = left;
    this.right = right;
    this.top = top;
    this.bottom = bottom;
    root =
        Element.of("svg", Element.of("title", title))
            .with("viewBox", "0 0 " + width + " " + Math.round(height))
            .with("width", width)
            .with("height", Math.round(height))
            .with("role", "img");
  }

  Element root() {
    return root;
  }

  double left() {
    return left;
  }

  double right() {
    return right;
  }

  double top() {
    return top;
  }

  double bottom() {
    return bottom;
  }

  double x(Axis axis, double value) {
    return axis.place(value, left, right);
  }

  double y(Axis axis, double value) {
    return axis.place(value, bottom, top);
  }

  void add(Element... elements) {
    root.add((Object[]) elements);
  }

  /** Grid, numbers and title of the left axis. */
  void yAxis(Axis axis) {
    for (Axis.Tick tick : axis.ticks()) {
      double y = y(axis, tick.value());
      add(line(left, y, right, y, GRID), text(left - 7, y + 4, "end", tick.text()));
    }
    double middle = (top + bottom) / 2;
    add(
        text(13, middle, "middle", axis.title())
            .with("transform", String.format(Locale.ROOT, "rotate(-90 13 %.1f)", middle)));
  }

  /** Line, numbers and title of the lower axis; numbers that would touch are left out. */
  void xAxis(Axis axis) {
    add(line(left, bottom, right, bottom, GREY));
    double free = Double.POSITIVE_INFINITY;
    for (Axis.Tick tick : axis.ticks().reversed()) {
      double x = x(axis, tick.value());
      double half = TextWidth.of(tick.text(), FONT) / 2;
      add(line(x, bottom, x, bottom + 4, GREY));
      if (x + half + TICK_GAP <= free) {
        add(text(x, bottom + 18, "middle", tick.text()));
        free = x - half;
      }
    }
    xTitle(axis.title());
  }

  void xTitle(String title) {
    add(text((left + right) / 2, bottom + 37, "middle", title));
  }

  static Element line(double x1, double y1, double x2, double y2, String colour) {
    return Element.of("line")
        .with("x1", x1)
        .with("y1", y1)
        .with("x2", x2)
        .with("y2", y2)
        .with("stroke", colour);
  }

  static Element band(double x, double y, double width, double height) {
    return Element.of("rect")
        .with("x", x)
        .with("y", y)
        .with("width", width)
        .with("height", height)
        .with("fill", "#d5d9de")
        .with("stroke", "#9aa3ad")
        .with("stroke-dasharray", "3 2");
  }

  static Element text(double x, double y, String anchor, String text) {
    return Element.of("text", text)
        .with("x", x)
        .with("y", y)
        .with("text-anchor", anchor)
        .with("font-size", FONT)
        .with("fill", INK);
  }

  static String point(double x, double y) {
    return String.format(Locale.ROOT, "%.1f,%.1f", x, y);
  }
}
