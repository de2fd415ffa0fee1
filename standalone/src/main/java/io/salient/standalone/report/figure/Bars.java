package io.salient.standalone.report.figure;

import java.util.List;

/**
 * Bars of one look in a chart of bars.
 *
 * @param name what they are
 * @param fill their look
 * @param values one for each category, not negative; null where there is none
 */
public record Bars(String name, Fill fill, List<Double> values) {
  double most() {
    return values.stream().filter(v -> v != null).mapToDouble(v -> v).max().orElse(0);
  }
}
