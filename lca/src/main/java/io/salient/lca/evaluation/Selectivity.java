package io.salient.lca.evaluation;

import java.util.Arrays;
import java.util.OptionalDouble;
import smile.stat.distribution.TDistribution;

/**
 * Accuracy of a probe on the test words beside that of its control tasks (Hewitt and Liang, EMNLP
 * 2019). Accuracies are from 0 to 1.
 *
 * @param accuracy of the probe
 * @param control mean accuracy of the control tasks
 * @param mean accuracy minus control
 * @param low lower end of the 95 % interval of the mean over draws (Student's t); empty with one
 * @param high upper end
 * @param draws control tasks
 */
public record Selectivity(
    double accuracy,
    double control,
    double mean,
    OptionalDouble low,
    OptionalDouble high,
    int draws) {
  private static final double QUANTILE = 0.975;

  /**
   * From measured accuracies.
   *
   * @param controls one per control task, at least one
   */
  public static Selectivity of(double accuracy, double[] controls) {
    int draws = controls.length;
    double control = Arrays.stream(controls).average().orElseThrow();
    double mean = accuracy - control;
    if (draws == 1) {
      return new Selectivity(
          accuracy, control, mean, OptionalDouble.empty(), OptionalDouble.empty(), 1);
    }
    double squares = Arrays.stream(controls).map(a -> (a - control) * (a - control)).sum();
    double error = Math.sqrt(squares / (draws - 1) / draws);
    double half = new TDistribution(draws - 1).quantile(QUANTILE) * error;
    return new Selectivity(
        accuracy,
        control,
        mean,
        OptionalDouble.of(mean - half),
        OptionalDouble.of(mean + half),
        draws);
  }
}
