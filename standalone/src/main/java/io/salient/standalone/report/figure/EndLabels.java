package io.salient.standalone.report.figure;

import io.salient.standalone.report.markup.TextWidth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Names at the right end of lines, moved apart where they would cover each other. */
final class EndLabels {
  private static final double LINE = 15;
  private static final double GAP = 18;

  private final List<Label> labels = new ArrayList<>();

  private record Label(String name, double x, double y, String colour) {}

  /** A name beside the end of a line. */
  void add(String name, double x, double y, String colour) {
    labels.add(new Label(name, x, y, colour));
  }

  /** Room that the names need at the right of a plot area. */
  static double room(List<String> names) {
    return GAP + 6 + names.stream().mapToDouble(n -> TextWidth.of(n, Canvas.FONT)).max().orElse(0);
  }

  void draw(Canvas canvas) {
    labels.sort(Comparator.comparingDouble(Label::y));
    double[] places = apart(canvas.top(), canvas.bottom());
    for (int i = 0; i < places.length; i++) {
      Label label = labels.get(i);
      canvas.add(
          Canvas.line(label.x() + 5, label.y(), canvas.right() + GAP - 4, places[i], label.colour())
              .with("stroke-width", 0.8),
          Canvas.text(canvas.right() + GAP, places[i] + 4, "start", label.name())
              .with("fill", label.colour()));
    }
  }

  /** The nearest places with a line's room between them: pushed down, then back up. */
  private double[] apart(double top, double bottom) {
    double[] places = labels.stream().mapToDouble(Label::y).toArray();
    for (int i = 0; i < places.length; i++) {
      double above = i == 0 ? top : places[i - 1] + LINE;
      places[i] = Math.max(places[i], above);
    }
    for (int i = places.length - 1; i >= 0; i--) {
      double below = i == places.length - 1 ? bottom : places[i + 1] - LINE;
      places[i] = Math.min(places[i], below);
    }
    return places;
  }
}
