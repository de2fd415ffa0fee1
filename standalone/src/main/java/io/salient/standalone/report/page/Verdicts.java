package io.salient.standalone.report.page;

import io.salient.standalone.report.figure.Marker;
import io.salient.standalone.report.markup.Element;
import java.util.Arrays;

/** Verdicts on a drift in words and signs, in the order in which they are explained. */
enum Verdicts {
  NONE("no verdict", Marker.RING, "it cannot be told"),
  STABLE(
      "stable",
      Marker.DOT,
      "the noise of both checkpoints explains all that changed in the ranking, and what was"
          + " known is kept"),
  REORDERED(
      "reordered",
      Marker.TRIANGLE,
      "the ranking changed by more than the noise of both checkpoints explains"),
  RELOCATED(
      "relocated",
      Marker.SQUARE,
      "the salient neurons moved to other layers, by more than noise moves them"),
  RE_ENCODED(
      "re-encoded",
      Marker.DIAMOND,
      "a new probe finds more than a tenth of what was known that the baseline's probe does"
          + " not: the concept is written in another way"),
  FORGOTTEN(
      "forgotten",
      Marker.CROSS,
      "a new probe finds less too: more than half of what was known is lost"),
  WEAKENED(
      "weakened",
      Marker.OPEN_DIAMOND,
      "a new probe finds less too: more than a tenth of what was known is lost"),
  UNDECIDED("undecided", Marker.OPEN_SQUARE, "the data allow both change and no change");

  private final String label;
  private final Marker marker;
  private final String meaning;

  Verdicts(String label, Marker marker, String meaning) {
    this.label = label;
    this.marker = marker;
    this.meaning = meaning;
  }

  /**
   * The verdict of this name.
   *
   * @param name as views have it; null for none
   */
  static Verdicts of(String name) {
    return name == null
        ? NONE
        : Arrays.stream(values())
            .filter(one -> one.label.equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no verdict is called " + name));
  }

  /** Its name; "no verdict" where it cannot be told. */
  String label() {
    return label;
  }

  /** Its name for a cell of a table: it does not break at its hyphen. */
  Element cell() {
    return Element.of("span", label).with("class", "whole");
  }

  /** What it means. */
  String meaning() {
    return meaning;
  }

  Marker marker() {
    return marker;
  }
}
