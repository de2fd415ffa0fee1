package io.salient.standalone.report.figure;

import io.salient.standalone.report.figure.Series.Point;
import io.salient.standalone.report.markup.Element;
import java.util.List;
import java.util.stream.Stream;

/** Draws lines over one axis, each with its name at its end. */
public final class LineChart {
  private static final double LEFT = 58;
  private static final double TOP = 10;
  private static final double BOTTOM = 44;

  private final Plot plot;
  private final Canvas canvas;
  private final EndLabels labels = new EndLabels();

  private LineChart(Plot plot) {
    this.plot = plot;
    Legend legend = new Legend(plot.legend(), plot.width() - LEFT);
    double top = TOP + legend.height();
    List<String> names =
        Stream.concat(
                plot.series().stream().map(Series::name),
                plot.guides().stream().map(Plot.Guide::name))
            .toList();
    double right = plot.width() - EndLabels.room(names);
    double bottom = top + plot.height();
    canvas = new Canvas(plot.title(), plot.width(), bottom + BOTTOM, LEFT, right, top, bottom);
    canvas.add(legend.draw(LEFT, TOP - 4));
  }

  /** The drawing. */
  public static Element draw(Plot plot) {
    return new LineChart(plot).draw();
  }

  private Element draw() {
    canvas.yAxis(plot.y());
    plot.bands().forEach(this::band);
    canvas.xAxis(plot.x());
    plot.guides().forEach(this::guide);
    plot.series().reversed().forEach(this::line); // the first is the most important: on top
    labels.draw(canvas);
    return canvas.root();
  }

  private void band(Plot.Band band) {
    double high = canvas.y(plot.y(), Math.min(band.high(), plot.y().to()));
    double low = canvas.y(plot.y(), Math.max(band.low(), plot.y().from()));
    canvas.add(Canvas.band(canvas.left(), high, canvas.right() - canvas.left(), low - high));
  }

  private void guide(Plot.Guide guide) {
    double y = canvas.y(plot.y(), guide.value());
    canvas.add(
        Canvas.line(canvas.left(), y, canvas.right(), y, Canvas.GREY)
            .with("stroke-dasharray", "1 3")
            .with("stroke-width", 1.5));
    labels.add(guide.name(), canvas.right() - 4, y, Canvas.GREY);
  }

  private void line(Series series) {
    StringBuilder path = new StringBuilder();
    boolean gap = true;
    for (Point point : series.points()) {
      if (point.isKnown()) {
        path.append(gap ? 'M' : 'L').append(Canvas.point(x(point), y(point)));
      }
      gap = !point.isKnown();
    }
    canvas.add(series.style().on(Element.of("path").with("d", path.toString())));
    for (Point point : series.points()) {
      if (point.isKnown()) {
        Marker marker = point.marker() == null ? series.style().marker() : point.marker();
        canvas.add(marker.at(x(point), y(point), series.style().colour()));
      }
    }
    Point end = series.end();
    labels.add(series.name(), x(end), y(end), series.style().colour());
  }

  private double x(Point point) {
    return canvas.x(plot.x(), point.x());
  }

  private double y(Point point) {
    return canvas.y(plot.y(), point.y());
  }
}
