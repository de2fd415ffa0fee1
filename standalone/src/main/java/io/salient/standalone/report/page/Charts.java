package io.salient.standalone.report.page;

import io.salient.ranking.view.ConceptResults;
import io.salient.ranking.view.StepView;
import io.salient.standalone.report.figure.Axis;
import io.salient.standalone.report.figure.LineStyle;
import io.salient.standalone.report.figure.Series;
import io.salient.standalone.report.markup.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Axes and lines that several figures share. */
final class Charts {
  private static final int TICKS = 5;

  private Charts() {}

  /** The steps of a concept, to scale. */
  static Axis steps(ConceptResults concept) {
    return Axis.at(
        "training step",
        false,
        concept.steps().stream()
            .map(step -> new Axis.Tick(step.step(), Numbers.whole(step.step())))
            .toList());
  }

  /** Accuracies, 0 to 1, in percent. */
  static Axis percent(String title, List<Double> values) {
    double[] known = known(values);
    double low = Arrays.stream(known).min().orElse(0);
    double high = Arrays.stream(known).max().orElse(1);
    double margin = Math.max(0.01, 0.05 * (high - low));
    Axis axis =
        Axis.around(
            title,
            Math.max(0, low - margin),
            Math.min(1, high + margin),
            TICKS,
            share -> percentText(share));
    return axis;
  }

  private static String percentText(double share) {
    double percent = 100 * share;
    return Numbers.fixed(percent, Math.abs(percent - Math.rint(percent)) < 1e-6 ? 0 : 1);
  }

  /** Plain numbers; the axis begins at most at {@code from}. */
  static Axis numbers(String title, double from, List<Double> values) {
    double[] known = known(values);
    double low = Math.min(from, Arrays.stream(known).min().orElse(from));
    double high = Arrays.stream(known).max().orElse(from + 1);
    return Axis.around(title, low, high, TICKS, Charts::numberText);
  }

  private static String numberText(double value) {
    for (int digits = 0; digits < 3; digits++) {
      double shifted = value * Math.pow(10, digits);
      if (Math.abs(shifted - Math.rint(shifted)) < 1e-6) {
        return Numbers.fixed(value, digits);
      }
    }
    return Numbers.fixed(value, 3);
  }

  private static double[] known(List<Double> values) {
    return values.stream()
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .filter(Double::isFinite)
        .toArray();
  }

  /** One number of every step as a line. */
  static Series line(
      String name, LineStyle style, ConceptResults concept, Function<StepView, Double> of) {
    return new Series(
        name,
        style,
        concept.steps().stream()
            .map(step -> Series.Point.of((double) step.step(), of.apply(step)))
            .toList());
  }

  /** All numbers of lines. */
  static List<Double> values(List<Series> series) {
    return series.stream().flatMap(one -> one.points().stream()).map(Series.Point::y).toList();
  }
}
