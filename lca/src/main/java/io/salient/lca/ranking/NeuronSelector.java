package io.salient.lca.ranking;

import java.util.Arrays;
import java.util.List;

/**
 * A way of choosing neurons, as people write it: {@code mass:0.5}, {@code threshold:2}, {@code
 * bottom-mass:0.5}, {@code top:50}, {@code bottom:50}, {@code random:50} or {@code random:50:7},
 * the last number being the seed. What each does: {@link NeuronSelection}.
 *
 * @param kind which
 * @param value share of mass, divisor, or number of neurons
 * @param seed of random neurons
 */
public record NeuronSelector(Kind kind, double value, long seed) {
  private static final long SEED = 7;

  private static final String FORMS =
      "mass:SHARE, threshold:DIVISOR, bottom-mass:SHARE, top:N, bottom:N or random:N[:SEED]";

  /** How neurons are chosen. */
  public enum Kind {
    /** Per label the strongest that hold a share of its mass. */
    MASS("mass"),
    /** Per label those above its greatest weight divided by a number. */
    THRESHOLD("threshold"),
    /** Per label the weakest that hold a share of its mass. */
    BOTTOM_MASS("bottom-mass"),
    /** The first of the ranking over all labels. */
    TOP("top"),
    /** The last of it. */
    BOTTOM("bottom"),
    /** So many at random. */
    RANDOM("random");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    private boolean counts() {
      return this == TOP || this == BOTTOM || this == RANDOM;
    }
  }

  /**
   * Reads a selector.
   *
   * @throws IllegalArgumentException when it is none, with the forms that there are
   */
  public static NeuronSelector of(String text) {
    String[] parts = text.split(":", -1);
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(one -> one.text.equals(parts[0]))
            .findFirst()
            .orElseThrow(() -> bad(text, "there is no such selector"));
    if (parts.length != 2 && !(kind == Kind.RANDOM && parts.length == 3)) {
      throw bad(text, "it has " + (parts.length - 1) + " numbers");
    }
    try {
      double value = kind.counts() ? Integer.parseInt(parts[1]) : Double.parseDouble(parts[1]);
      long seed = parts.length == 3 ? Long.parseLong(parts[2]) : SEED;
      return new NeuronSelector(kind, value, seed).checked(text);
    } catch (NumberFormatException e) {
      throw bad(text, e.getMessage());
    }
  }

  private NeuronSelector checked(String text) {
    boolean valid =
        switch (kind) {
          case MASS, BOTTOM_MASS -> value >= 0 && value <= 1;
          case THRESHOLD -> value > 0 && value < Double.POSITIVE_INFINITY;
          case TOP, BOTTOM, RANDOM -> value >= 1;
        };
    if (!valid) {
      throw bad(
          text,
          switch (kind) {
            case MASS, BOTTOM_MASS -> "a share is from 0 to 1";
            case THRESHOLD -> "the divisor is above 0";
            case TOP, BOTTOM, RANDOM -> "at least 1 neuron";
          });
    }
    return this;
  }

  private static IllegalArgumentException bad(String text, String why) {
    return new IllegalArgumentException(
        "selector \"" + text + "\": " + why + "; there are " + FORMS);
  }

  /** As it is written. */
  public String text() {
    String number = kind.counts() ? Long.toString((long) value) : number();
    return kind.text + ":" + number + (kind == Kind.RANDOM ? ":" + seed : "");
  }

  private String number() {
    return value == Math.rint(value) && value < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /**
   * Chooses. A number of neurons above that of all chooses all.
   *
   * @param weights one row of D per label; null for a label that has none
   * @param ranking over all labels, of the same neurons
   * @return per label nothing for those that go by the ranking or by chance
   */
  public NeuronSelection select(float[][] weights, NeuronRanking ranking) {
    int size = (int) Math.min(value, ranking.width());
    return switch (kind) {
      case MASS -> NeuronSelection.topByMass(weights, value);
      case THRESHOLD -> NeuronSelection.topByThreshold(weights, value);
      case BOTTOM_MASS -> NeuronSelection.bottomByMass(weights, value);
      case TOP -> new NeuronSelection(ranking.top(size), List.of());
      case BOTTOM -> new NeuronSelection(NeuronSelection.bottom(ranking, size), List.of());
      case RANDOM ->
          new NeuronSelection(NeuronSelection.random(ranking.width(), size, seed), List.of());
    };
  }
}
