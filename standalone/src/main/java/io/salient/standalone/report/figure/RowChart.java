package io.salient.standalone.report.figure;

import io.salient.standalone.report.markup.Element;
import io.salient.standalone.report.markup.Numbers;
import io.salient.standalone.report.markup.TextWidth;
import java.util.ArrayList;
import java.util.List;

/** Draws counts by name as bars that lie one below the other, for names that are many or long. */
public final class RowChart {
  private static final double MOST_NAME = 170;
  private static final double TOP = 10;
  private static final double BAR = 11;
  private static final double GAP = 7;
  private static final double BOTTOM = 26;

  private RowChart() {}

  /**
   * The drawing.
   *
   * @param title what it is, for those who cannot see it
   * @param width in pixels
   * @param xTitle what is counted
   * @param names of the rows
   * @param bars one or two kinds
   */
  public static Element draw(
      String title, int width, String xTitle, List<String> names, List<Bars> bars) {
    List<Legend.Item> items = new ArrayList<>();
    bars.forEach(kind -> items.add(new Legend.BarSign(kind.fill(), kind.name())));
    double widest =
        names.stream().mapToDouble(name -> TextWidth.of(name, Canvas.FONT)).max().orElse(0);
    double left = 14 + Math.min(MOST_NAME, widest);
    Legend legend = new Legend(items, width - left);
    double row = BAR * bars.size() + GAP;
    double top = TOP + legend.height();
    double bottom = top + row * names.size();
    double right = width - 60.0;
    Canvas canvas = new Canvas(title, width, bottom + BOTTOM, left, right, top, bottom);
    canvas.add(legend.draw(left, TOP - 4));
    double most = Math.max(1, bars.stream().mapToDouble(Bars::most).max().orElse(1));
    for (int i = 0; i < names.size(); i++) {
      double y = top + row * i;
      String name = TextWidth.cut(names.get(i), Canvas.FONT, MOST_NAME);
      canvas.add(
          Canvas.text(left - 7, y + (row - GAP) / 2 + GAP / 2 + 4, "end", name)
              .add(Element.of("title", names.get(i))));
      for (int kind = 0; kind < bars.size(); kind++) {
        bar(canvas, bars.get(kind), bars.get(kind).values().get(i), y + GAP / 2 + kind * BAR, most);
      }
    }
    canvas.add(
        Canvas.line(left, top, left, bottom, Canvas.GREY),
        Canvas.text((left + right) / 2, bottom + 19, "middle", xTitle));
    return canvas.root();
  }

  private static void bar(Canvas canvas, Bars bars, Double value, double y, double most) {
    if (value == null) {
      canvas.add(Canvas.text(canvas.left() + 6, y + 10, "start", Numbers.NONE));
      return;
    }
    double length = (canvas.right() - canvas.left()) * value / most;
    canvas.add(
        bars.fill()
            .on(
                Element.of("rect")
                    .with("x", canvas.left())
                    .with("y", y)
                    .with("width", length)
                    .with("height", BAR - 1)),
        Canvas.text(canvas.left() + length + 5, y + 9.5, "start", Numbers.whole(Math.round(value)))
            .with("font-size", 11));
  }
}
