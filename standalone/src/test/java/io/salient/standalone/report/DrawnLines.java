package io.salient.standalone.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/** Reads a chart of lines back into numbers, by the numbers at its left axis. */
final class DrawnLines {
  private static final Pattern POINT = Pattern.compile("[ML]([-0-9.]+),([-0-9.]+)");

  private final List<Element> paths = new ArrayList<>();
  private final double scale;
  private final double offset;
  private double bandLow = Double.NaN;
  private double bandHigh = Double.NaN;

  private DrawnLines(Element drawing) {
    List<Element> ticks =
        ReportPage.within(drawing, "text").stream()
            .filter(text -> text.getAttribute("text-anchor").equals("end"))
            .filter(text -> text.getTextContent().matches("[0-9.]+"))
            .toList();
    Element first = ticks.getFirst();
    Element last = ticks.getLast();
    scale = (value(last) - value(first)) / (y(last) - y(first));
    offset = value(first) - scale * (y(first) - 4);
    for (Element path : ReportPage.within(drawing, "path")) {
      if (path.getAttribute("stroke-linejoin").equals("round")) {
        paths.add(path);
      }
    }
    ReportPage.within(drawing, "rect").stream()
        .filter(rect -> rect.getAttribute("stroke-dasharray").equals("3 2"))
        .filter(rect -> Double.parseDouble(rect.getAttribute("width")) > 50)
        .forEach(this::band);
  }

  static DrawnLines of(Element drawing) {
    return new DrawnLines(drawing);
  }

  private void band(Element rect) {
    double top = y(rect);
    bandHigh = offset + scale * top;
    bandLow = offset + scale * (top + Double.parseDouble(rect.getAttribute("height")));
  }

  /** Values of a line in the order in which they are drawn. */
  List<Double> heights(int line) {
    List<Double> heights = new ArrayList<>();
    Matcher points = POINT.matcher(paths.get(line).getAttribute("d"));
    while (points.find()) {
      heights.add(offset + scale * Double.parseDouble(points.group(2)));
    }
    return heights;
  }

  /** Lower end of the band; NaN without one. */
  double bandLow() {
    return bandLow;
  }

  double bandHigh() {
    return bandHigh;
  }

  private static double value(Element tick) {
    return Double.parseDouble(tick.getTextContent());
  }

  private static double y(Element element) {
    return Double.parseDouble(element.getAttribute("y"));
  }
}
