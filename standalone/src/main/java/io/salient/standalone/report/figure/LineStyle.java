package io.salient.standalone.report.figure;

import io.salient.standalone.report.markup.Element;

/** The look of a line; colours differ in lightness too. */
public enum LineStyle {
  SOLID("#12385f", null, 2.2, Marker.DOT),
  DASHED("#a8480a", "8 4", 2, Marker.OPEN_SQUARE),
  DOTTED("#4e5a68", "2 3.5", 2, Marker.TRIANGLE),
  DASH_DOT("#2f7d4f", "9 3 2 3", 2, Marker.DIAMOND);

  private final String colour;
  private final String dashes;
  private final double width;
  private final Marker marker;

  LineStyle(String colour, String dashes, double width, Marker marker) {
    this.colour = colour;
    this.dashes = dashes;
    this.width = width;
    this.marker = marker;
  }

  String colour() {
    return colour;
  }

  Marker marker() {
    return marker;
  }

  /** Gives a line or path this look. */
  Element on(Element line) {
    return line.with("fill", "none")
        .with("stroke", colour)
        .with("stroke-width", width)
        .with("stroke-dasharray", dashes)
        .with("stroke-linejoin", "round");
  }
}
