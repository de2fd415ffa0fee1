package io.salient.standalone.report.figure;

import io.salient.standalone.report.markup.Element;
import io.salient.standalone.report.markup.TextWidth;
import java.util.List;

/** What markers, bands and bars mean, in rows above a chart. */
public final class Legend {
  private static final double ROW = 19;
  private static final double SWATCH = 20;
  private static final double GAP = 18;

  private final List<Item> items;
  private final double width;

  Legend(List<Item> items, double width) {
    this.items = items;
    this.width = width;
  }

  /** What one sign means. */
  public sealed interface Item {
    /** Its meaning. */
    String text();

    /** The sign, with its middle at a point. */
    Element sign(double x, double y);
  }

  /** A marker of points. */
  public record PointSign(Marker marker, String text) implements Item {
    @Override
    public Element sign(double x, double y) {
      return marker.at(x, y, Canvas.INK);
    }
  }

  /** The band below the lines. */
  public record BandSign(String text) implements Item {
    @Override
    public Element sign(double x, double y) {
      return Canvas.band(x - 9, y - 5, 18, 10);
    }
  }

  /** A kind of bar. */
  public record BarSign(Fill fill, String text) implements Item {
    @Override
    public Element sign(double x, double y) {
      return fill.on(
          Element.of("rect")
              .with("x", x - 8)
              .with("y", y - 5)
              .with("width", 16)
              .with("height", 10));
    }
  }

  double height() {
    return items.isEmpty() ? 0 : ROW * rows() + 6;
  }

  private int rows() {
    double x = 0;
    int rows = 1;
    for (Item item : items) {
      if (x > 0 && x + room(item) > width) {
        x = 0;
        rows++;
      }
      x += room(item);
    }
    return rows;
  }

  /** Draws it from a corner on. */
  Element draw(double left, double top) {
    Element group = Element.of("g");
    double x = 0;
    double y = top + ROW / 2;
    for (Item item : items) {
      if (x > 0 && x + room(item) > width) {
        x = 0;
        y += ROW;
      }
      group.add(item.sign(left + x + SWATCH / 2, y));
      group.add(Canvas.text(left + x + SWATCH + 5, y + 4, "start", item.text()));
      x += room(item);
    }
    return group;
  }

  private static double room(Item item) {
    return SWATCH + 5 + TextWidth.of(item.text(), Canvas.FONT) + GAP;
  }
}
