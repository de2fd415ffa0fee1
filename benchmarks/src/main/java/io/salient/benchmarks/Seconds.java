package io.salient.benchmarks;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/** Seconds that work takes by the wall clock. */
final class Seconds {
  private Seconds() {}

  /** Those of one run. */
  static double of(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return since(start);
  }

  /** Those of one run whose results go to a manager and are freed outside the clock. */
  static double of(NDManager parent, Consumer<NDManager> work) {
    try (NDManager manager = parent.newSubManager()) {
      return of(() -> work.accept(manager));
    }
  }

  /** Those since a {@link System#nanoTime}. */
  static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /**
   * Medians of several kinds of work that take turns, so that a busy machine is busy for all.
   *
   * @param warmUp rounds that do not count
   * @param rounds rounds that do
   * @param works each does its work once and returns the seconds
   */
  static double[] medians(int warmUp, int rounds, DoubleSupplier... works) {
    double[][] seconds = new double[works.length][rounds];
    for (int round = -warmUp; round < rounds; round++) {
      for (int i = 0; i < works.length; i++) {
        double taken = works[i].getAsDouble();
        if (round >= 0) {
          seconds[i][round] = taken;
        }
      }
    }
    return Arrays.stream(seconds).mapToDouble(Seconds::median).toArray();
  }

  /** The middle one; of an even number the higher of the two. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
