package io.salient.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** Milliseconds that something took, many times. Thread-safe. */
final class Latencies {
  private double[] millis = new double[1_024];
  private int count;

  synchronized void add(double value) {
    if (count == millis.length) {
      millis = Arrays.copyOf(millis, 2 * count);
    }
    millis[count++] = value;
  }

  synchronized int count() {
    return count;
  }

  /** The smallest value that a share of all do not exceed; NaN of none. */
  synchronized double quantile(double share) {
    double[] sorted = Arrays.copyOf(millis, count);
    Arrays.sort(sorted);
    return count == 0 ? Double.NaN : sorted[Math.max(0, (int) Math.ceil(share * count) - 1)];
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "median %.0f ms, p95 %.0f ms, p99 %.0f ms, most %.0f ms, of %d",
        quantile(0.5),
        quantile(0.95),
        quantile(0.99),
        quantile(1),
        count());
  }
}
