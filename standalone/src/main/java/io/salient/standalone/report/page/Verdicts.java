package io.salient.standalone.report.page;

import io.salient.schemas.avro.Verdict;
import io.salient.standalone.report.figure.Marker;
import io.salient.standalone.report.markup.Element;
import java.util.Locale;

/** Verdicts on a drift in words and signs. */
public final class Verdicts {
  private Verdicts() {}

  /** Its name; "no verdict" where it cannot be told. */
  public static String name(Verdict verdict) {
    return verdict == Verdict.NONE
        ? "no verdict"
        : verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Its name for a cell of a table: it does not break at its hyphen. */
  static Element cell(Verdict verdict) {
    return Element.of("span", name(verdict)).with("class", "whole");
  }

  /** What it means. */
  static String meaning(Verdict verdict) {
    return switch (verdict) {
      case NONE -> "it cannot be told";
      case STABLE ->
          "the noise of both checkpoints explains all that changed in the ranking, and what was"
              + " known is kept";
      case REORDERED -> "the ranking changed by more than the noise of both checkpoints explains";
      case RELOCATED -> "the salient neurons moved to other layers, by more than noise moves them";
      case RE_ENCODED ->
          "a new probe finds more than a tenth of what was known that the baseline's probe does"
              + " not: the concept is written in another way";
      case WEAKENED -> "a new probe finds less too: more than a tenth of what was known is lost";
      case FORGOTTEN -> "a new probe finds less too: more than half of what was known is lost";
      case UNDECIDED -> "the data allow both change and no change";
    };
  }

  static Marker marker(Verdict verdict) {
    return switch (verdict) {
      case NONE -> Marker.RING;
      case STABLE -> Marker.DOT;
      case REORDERED -> Marker.TRIANGLE;
      case RELOCATED -> Marker.SQUARE;
      case RE_ENCODED -> Marker.DIAMOND;
      case FORGOTTEN -> Marker.CROSS;
      case WEAKENED -> Marker.OPEN_DIAMOND;
      case UNDECIDED -> Marker.OPEN_SQUARE;
    };
  }
}
