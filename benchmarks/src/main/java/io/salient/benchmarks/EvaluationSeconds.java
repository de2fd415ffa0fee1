package io.salient.benchmarks;

import io.salient.lca.probe.optimiser.SoftmaxHeads;
import io.salient.lca.probe.optimiser.SoftmaxLoss;
import java.util.List;

/**
 * One joint evaluation of the fit beside its bare matrix products, which take turns.
 *
 * @param products median seconds of the products
 * @param whole median seconds of the evaluation, they included
 */
record EvaluationSeconds(double products, double whole) {
  private static final int ROUNDS = 7;

  /** Of some heads at their points. */
  static EvaluationSeconds of(SoftmaxLoss loss, SoftmaxHeads heads, List<float[]> points) {
    double[] medians =
        Seconds.medians(
            1,
            ROUNDS,
            () -> Seconds.of(() -> loss.products(heads)),
            () -> Seconds.of(() -> loss.evaluate(heads, points)));
    return new EvaluationSeconds(medians[0], medians[1]);
  }
}
