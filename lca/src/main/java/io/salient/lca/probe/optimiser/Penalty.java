package io.salient.lca.probe.optimiser;

import java.util.Arrays;
import java.util.Locale;

/** What keeps the weights small besides the L1 norm. */
public enum Penalty {
  /** l1 ||W||_1 + l2 ||W||_F^2: with l2 above 0 the optimum in W is unique. */
  ELASTIC_NET {
    @Override
    double value(double l2, double squares) {
      return l2 * squares;
    }

    @Override
    double slope(double l2, double squares) {
      return 2 * l2;
    }
  },
  /**
   * NeuroX's l1 ||W||_1 + l2 ||W||_F, the norm not squared. It is smooth but for W = 0, where it
   * holds all weights back together until the gradient, shrunk by l1, is longer than l2.
   */
  NEUROX {
    @Override
    double value(double l2, double squares) {
      return l2 * Math.sqrt(squares);
    }

    @Override
    double slope(double l2, double squares) {
      return squares == 0 ? 0 : l2 / Math.sqrt(squares);
    }
  };

  /** The penalty of weights whose squares have this sum. */
  abstract double value(double l2, double squares);

  /** Its gradient is this times W; 0 where it has none. */
  abstract double slope(double l2, double squares);

  /** Its name in settings and results. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The penalty of a name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Penalty of(String text) {
    return Arrays.stream(values())
        .filter(penalty -> penalty.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no penalty " + text + "; there are elastic-net and neurox"));
  }
}
