package io.salient.standalone.report.figure;

import io.salient.standalone.report.markup.Element;

/** The shape of a point. */
public enum Marker {
  DOT,
  RING,
  SQUARE,
  TRIANGLE,
  DIAMOND,
  CROSS,
  OPEN_SQUARE,
  OPEN_DIAMOND;

  private static final double R = 4;

  /** The shape around a point of the drawing, in a colour. */
  Element at(double x, double y, String colour) {
    return switch (this) {
      case DOT -> filled(circle(x, y), colour);
      case RING -> open(circle(x, y), colour);
      case SQUARE -> filled(square(x, y), colour);
      case OPEN_SQUARE -> open(square(x, y), colour);
      case TRIANGLE -> filled(path(x, y, 0, -5, 4.6, 3.6, -4.6, 3.6), colour);
      case DIAMOND -> filled(path(x, y, 0, -5.4, 5.4, 0, 0, 5.4, -5.4, 0), colour);
      case OPEN_DIAMOND -> open(path(x, y, 0, -5.4, 5.4, 0, 0, 5.4, -5.4, 0), colour);
      case CROSS -> cross(x, y, colour);
    };
  }

  private static Element circle(double x, double y) {
    return Element.of("circle").with("cx", x).with("cy", y).with("r", R);
  }

  private static Element square(double x, double y) {
    return Element.of("rect")
        .with("x", x - R)
        .with("y", y - R)
        .with("width", 2 * R)
        .with("height", 2 * R);
  }

  private static Element path(double x, double y, double... offsets) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < offsets.length; i += 2) {
      points.append(Canvas.point(x + offsets[i], y + offsets[i + 1])).append(' ');
    }
    return Element.of("polygon").with("points", points.toString().strip());
  }

  private static Element cross(double x, double y, String colour) {
    String lines =
        "M"
            + Canvas.point(x - 4.5, y - 4.5)
            + "L"
            + Canvas.point(x + 4.5, y + 4.5)
            + "M"
            + Canvas.point(x - 4.5, y + 4.5)
            + "L"
            + Canvas.point(x + 4.5, y - 4.5);
    return Element.of("path")
        .with("d", lines)
        .with("stroke", colour)
        .with("stroke-width", 2.4)
        .with("fill", "none");
  }

  private static Element filled(Element shape, String colour) {
    return shape.with("fill", colour).with("stroke", Canvas.PAPER).with("stroke-width", 1);
  }

  private static Element open(Element shape, String colour) {
    return shape.with("fill", Canvas.PAPER).with("stroke", colour).with("stroke-width", 1.8);
  }
}
