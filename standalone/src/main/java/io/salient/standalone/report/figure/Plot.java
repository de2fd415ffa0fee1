package io.salient.standalone.report.figure;

import java.util.List;

/**
 * What a chart of lines shows.
 *
 * @param title what it is, for those who cannot see it
 * @param width in pixels
 * @param height in pixels
 * @param x lower axis
 * @param y left axis
 * @param series lines
 * @param bands drawn below the lines
 * @param guides horizontal lines that something is to be compared with
 * @param legend what markers and bands mean
 */
public record Plot(
    String title,
    int width,
    int height,
    Axis x,
    Axis y,
    List<Series> series,
    List<Band> bands,
    List<Guide> guides,
    List<Legend.Item> legend) {
  /** Width of a chart that has the page for itself. */
  public static final int WIDE = 760;

  /** Width of one of two charts side by side. */
  public static final int HALF = 375;

  /**
   * A range of y from the left end of the chart to the right.
   *
   * @param low lower end
   * @param high upper end
   */
  public record Band(double low, double high) {}

  /**
   * A value to compare with.
   *
   * @param name written at its end
   * @param value in units of y
   */
  public record Guide(String name, double value) {}

  /** Without what has no number. */
  public Plot {
    series = series.stream().filter(Series::isKnown).toList();
    guides = guides.stream().filter(guide -> Double.isFinite(guide.value())).toList();
    bands = List.copyOf(bands);
    legend = List.copyOf(legend);
  }
}
