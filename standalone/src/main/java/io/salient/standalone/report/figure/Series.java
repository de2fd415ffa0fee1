package io.salient.standalone.report.figure;

import java.util.List;

/**
 * A line of a chart.
 *
 * @param name written at its end
 * @param style its look
 * @param points by x
 */
public record Series(String name, LineStyle style, List<Point> points) {
  /** Keeps a copy of the points. */
  public Series {
    points = List.copyOf(points);
  }

  /**
   * A point of it.
   *
   * @param x in units of the axis
   * @param y NaN where there is no number: the line has a gap there
   * @param marker null for the line's own
   */
  public record Point(double x, double y, Marker marker) {
    /** A point with the line's own marker; null is no number. */
    public static Point of(double x, Double y) {
      return new Point(x, y == null ? Double.NaN : y, null);
    }

    boolean isKnown() {
      return Double.isFinite(y);
    }
  }

  boolean isKnown() {
    return points.stream().anyMatch(Point::isKnown);
  }

  /** The last point that has a number. */
  Point end() {
    return points.stream().filter(Point::isKnown).reduce((first, second) -> second).orElseThrow();
  }
}
