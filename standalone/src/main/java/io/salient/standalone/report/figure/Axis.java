package io.salient.standalone.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * One axis of a chart.
 *
 * @param title what is on it, with its unit
 * @param from value at its beginning
 * @param to value at its end
 * @param logarithmic whether equal ratios take equal room
 * @param ticks values that are marked
 */
public record Axis(String title, double from, double to, boolean logarithmic, List<Tick> ticks) {
  private static final double[] STEPS = {1, 2, 2.5, 5, 10};
  private static final double ROUNDING = 1e-9;

  /**
   * A value that is marked.
   *
   * @param value where
   * @param text what is written there
   */
  public record Tick(double value, String text) {}

  /** Keeps a copy of the ticks. */
  public Axis {
    ticks = List.copyOf(ticks);
  }

  /** An axis that begins and ends at round numbers around the given values. */
  public static Axis around(
      String title, double low, double high, int mostTicks, DoubleFunction<String> text) {
    double step = step(Math.max(high - low, ROUNDING), mostTicks);
    long first = (long) Math.floor(low / step + ROUNDING);
    long last = Math.max(first + 1, (long) Math.ceil(high / step - ROUNDING));
    List<Tick> ticks = new ArrayList<>();
    for (long i = first; i <= last; i++) {
      ticks.add(new Tick(i * step, text.apply(i * step)));
    }
    return new Axis(title, first * step, last * step, false, ticks);
  }

  private static double step(double range, int most) {
    double raw = range / most;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    for (double step : STEPS) {
      if (step * power >= raw - ROUNDING * power) {
        return step * power;
      }
    }
    return 10 * power;
  }

  /** An axis from the first to the last of the given ticks, at least one. */
  public static Axis at(String title, boolean logarithmic, List<Tick> ticks) {
    return new Axis(title, ticks.getFirst().value(), ticks.getLast().value(), logarithmic, ticks);
  }

  /** Where a value lies on a line of the drawing, in pixels. */
  double place(double value, double start, double end) {
    double span = scaled(to) - scaled(from);
    double share = span == 0 ? 0.5 : (scaled(value) - scaled(from)) / span;
    return start + share * (end - start);
  }

  private double scaled(double value) {
    return logarithmic ? Math.log(value) : value;
  }
}
