package io.salient.lca.evaluation;

import java.util.Arrays;
import java.util.Optional;
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
 * @param seen the same on the test words whose type is among the train words; empty where none is
 */
public record Selectivity(
    double accuracy,
    double control,
    double mean,
    OptionalDouble low,
    OptionalDouble high,
    int draws,
    Optional<OnSeenTypes> seen) {
  private static final double QUANTILE = 0.975;

  /**
   * On test words whose type was seen in training. The labels that a control task gives to the
   * others cannot have been memorised, so that over all test words it says too little of memory.
   *
   * @param words how many these are
   * @param accuracy of the probe on them
   * @param control mean accuracy of the control tasks on them
   */
  public record OnSeenTypes(int words, double accuracy, double control) {}

  /**
   * From measured accuracies.
   *
   * @param controls one per control task, at least one
   */
  public static Selectivity of(double accuracy, double[] controls, Optional<OnSeenTypes> seen) {
    int draws = controls.length;
    double control = Arrays.stream(controls).average().orElseThrow();
    double mean = accuracy - control;
    if (draws == 1) {
      return new Selectivity(
          accuracy, control, mean, OptionalDouble.empty(), OptionalDouble.empty(), 1, seen);
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
        draws,
        seen);
  }
}
