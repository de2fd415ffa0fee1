package io.salient.standalone.report.figure;

import io.salient.standalone.report.markup.Element;
import io.salient.standalone.report.markup.Numbers;
import io.salient.standalone.report.markup.TextWidth;
import java.util.ArrayList;
import java.util.List;

/** Draws counts by category as upright bars, side by side for each category. */
public final class BarChart {
  private static final double LEFT = 58;
  private static final double TOP = 10;
  private static final double VALUE = 16;
  private static final double BOTTOM = 44;
  private static final double SHARE = 0.78;

  private BarChart() {}

  /**
   * The drawing.
   *
   * @param title what it is, for those who cannot see it
   * @param width in pixels
   * @param height of the plot area
   * @param xTitle what the categories are
   * @param yTitle what is counted
   * @param categories their names
   * @param bars one or two kinds
   */
  public static Element draw(
      String title,
      int width,
      int height,
      String xTitle,
      String yTitle,
      List<String> categories,
      List<Bars> bars) {
    List<Legend.Item> items = new ArrayList<>();
    bars.forEach(kind -> items.add(new Legend.BarSign(kind.fill(), kind.name())));
    Legend legend = new Legend(items, width - LEFT);
    double top = TOP + VALUE + legend.height();
    double bottom = top + height;
    Canvas canvas = new Canvas(title, width, bottom + BOTTOM, LEFT, width - 8.0, top, bottom);
    canvas.add(legend.draw(LEFT, TOP - 4));
    double most = Math.max(1, bars.stream().mapToDouble(Bars::most).max().orElse(1));
    Axis counts =
        Axis.around(yTitle, 0, most, 5, v -> v == Math.rint(v) ? Numbers.whole((long) v) : "");
    canvas.yAxis(counts);
    double slot = (canvas.right() - canvas.left()) / categories.size();
    for (int kind = 0; kind < bars.size(); kind++) {
      draw(canvas, counts, bars.get(kind), slot, kind, bars.size());
    }
    names(canvas, categories, slot);
    canvas.add(Canvas.line(canvas.left(), bottom, canvas.right(), bottom, Canvas.GREY));
    canvas.xTitle(xTitle);
    return canvas.root();
  }

  private static void draw(
      Canvas canvas, Axis counts, Bars bars, double slot, int kind, int kinds) {
    double width = slot * SHARE / kinds;
    for (int i = 0; i < bars.values().size(); i++) {
      Double value = bars.values().get(i);
      if (value == null) {
        continue;
      }
      double x = canvas.left() + slot * (i + (1 - SHARE) / 2) + kind * width;
      double y = canvas.y(counts, value);
      canvas.add(
          bars.fill()
              .on(
                  Element.of("rect")
                      .with("x", x + 1)
                      .with("y", y)
                      .with("width", width - 2)
                      .with("height", canvas.bottom() - y)));
      String text = Numbers.whole(Math.round(value));
      if (TextWidth.of(text, Canvas.FONT) <= width + 4) {
        canvas.add(Canvas.text(x + width / 2, y - 4, "middle", text));
      }
    }
  }

  private static void names(Canvas canvas, List<String> categories, double slot) {
    double widest =
        categories.stream().mapToDouble(n -> TextWidth.of(n, Canvas.FONT)).max().orElse(0);
    int every = Math.max(1, (int) Math.ceil((widest + 6) / slot));
    for (int i = 0; i < categories.size(); i += every) {
      double x = canvas.left() + slot * (i + 0.5);
      canvas.add(Canvas.text(x, canvas.bottom() + 18, "middle", categories.get(i)));
    }
  }
}
