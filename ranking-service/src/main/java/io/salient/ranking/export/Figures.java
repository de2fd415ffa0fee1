package io.salient.ranking.export;

import io.salient.ranking.view.ConceptOverview;
import io.salient.ranking.view.ConceptOverview.Point;
import io.salient.ranking.view.DriftPoint;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is told of one concept at one step.
 *
 * @param run training run
 * @param concept the concept
 * @param step training step
 * @param values by name: accuracy (0 to 1), mean_layer (of the first k neurons, in layers) and,
 *     once the step is judged, rho with rho_lower and rho_upper (1 without drift), mean_layer_shift
 *     (in layers). What is not known is left out
 * @param verdict against the baseline; null for none
 */
record Figures(String run, String concept, long step, Map<String, Double> values, String verdict) {
  /** Of a final ranking: provisional figures would stand beside those that replace them. */
  static Figures of(String run, ConceptOverview concept, Point point) {
    Map<String, Double> values = new LinkedHashMap<>();
    put(values, "accuracy", point.accuracy());
    put(values, "mean_layer", point.meanLayer());
    DriftPoint drift = point.drift();
    boolean judged = drift != null && !drift.pending();
    if (judged) {
      put(values, "rho", drift.similarity());
      put(values, "rho_lower", drift.lower());
      put(values, "rho_upper", drift.upper());
      put(values, "mean_layer_shift", drift.shift());
    }
    return new Figures(
        run, concept.concept(), point.step(), values, judged ? drift.verdict() : null);
  }

  private static void put(Map<String, Double> values, String name, Double value) {
    if (value != null && Double.isFinite(value)) {
      values.put(name, value);
    }
  }
}
