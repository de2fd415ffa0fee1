package io.salient.probe.training;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tiers of a checkpoint's work, each published when it is done, in the order of their places in
 * the queue: people who watch want the ranking now and its confidence soon.
 */
public enum Tier {
  /** Rankings that need no fit, of the rows that are there. */
  EARLY,
  /** The probes on all rows: ranked at once. */
  FINAL,
  /** Probes on some of the rows, while others are missing; may be dropped for a later one. */
  PROVISIONAL,
  /** The baseline came later than a final fit: its probe is applied. Part of the final tier. */
  TRANSFER,
  /** Fits on halves of the train sentences, to tell drift from noise. */
  NOISE,
  /** What the final probes are put to beyond accuracy. */
  EVALUATION;

  /** Those that people can ask for, as they follow each other for one checkpoint. */
  public static final List<Tier> IN_ORDER = List.of(EARLY, PROVISIONAL, FINAL, NOISE, EVALUATION);

  /** Its name in configuration and results. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * True when it completes a result that is published: it gives way to work on new rows, and does
   * not begin while rows are coming in.
   */
  public boolean isPatient() {
    return this == NOISE || this == EVALUATION;
  }

  /**
   * Reads names.
   *
   * @throws IllegalArgumentException when there is no tier of a name, or final is not among them
   */
  public static Set<Tier> named(List<String> names) {
    EnumSet<Tier> tiers = EnumSet.noneOf(Tier.class);
    for (String name : names) {
      tiers.add(named(name));
    }
    if (!tiers.contains(FINAL)) {
      throw new IllegalArgumentException(
          "final is missing: without it nothing is ranked, and no other tier has a result");
    }
    return tiers;
  }

  private static Tier named(String name) {
    return IN_ORDER.stream()
        .filter(tier -> tier.text().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no tier \"" + name + "\": some of " + all()));
  }

  private static String all() {
    return IN_ORDER.stream().map(Tier::text).collect(Collectors.joining(", "));
  }
}
