package io.salient.standalone.report.page;

import io.salient.schemas.avro.Verdict;
import io.salient.standalone.report.figure.Marker;
import io.salient.standalone.report.markup.Element;
import java.util.Locale;

/** Verdicts on a drift in words and signs. */
final class Verdicts {
  private Verdicts() {}

  /** Its name; "none" where it cannot be told. */
  static String name(Verdict verdict) {
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
      case STABLE -> "the ranking moved no more than chance moves it";
      case REORDERED ->
          "the ranking moved more than chance moves it, yet the baseline's probe still works on"
              + " the new activations";
      case RELOCATED ->
          "the salient neurons moved to other layers, by more than chance moves them, yet the"
              + " baseline's probe still works";
      case RE_ENCODED ->
          "the baseline's probe fails on the new activations, while a new probe works: the concept"
              + " is written in another way";
      case FORGOTTEN -> "a new probe does worse too: knowledge of the concept was lost";
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
    };
  }
}
