package io.salient.standalone.report.page;

import io.salient.ranking.view.JudgementView;
import io.salient.ranking.view.JudgementView.Displacement;
import io.salient.ranking.view.JudgementView.Knowledge;
import io.salient.standalone.report.markup.Numbers;

/** Signals of a drift in words, each with its limits. */
public final class Signals {
  private Signals() {}

  /** rho and its limits. */
  public static String rho(JudgementView judgement) {
    if (judgement == null || judgement.rho() == null) {
      return Numbers.NONE;
    }
    return Numbers.fixed(judgement.rho(), 2)
        + (judgement.lower() == null ? "" : limits(judgement.lower(), judgement.upper(), 2));
  }

  /**
   * Distance in layers, or in shares of the way from the first to the last, and its lower limit.
   */
  public static String place(Displacement place) {
    if (place == null) {
      return Numbers.NONE;
    }
    return Numbers.signed(place.mean(), 2)
        + (place.lower() == null ? "" : " (> " + Numbers.signed(place.lower(), 2) + ")");
  }

  /** What is said, and the share that is lost. */
  public static String knowledge(Knowledge knowledge) {
    if (knowledge == null || knowledge.state() == null) {
      return Numbers.NONE;
    }
    String state = knowledge.state().replace('-', ' ');
    return knowledge.lost() == null
        ? state
        : state
            + ", "
            + Numbers.fixed(knowledge.lost().ratio(), 2)
            + limits(knowledge.lost().lower(), knowledge.lost().upper(), 2);
  }

  private static String limits(double lower, double upper, int digits) {
    return " (" + Numbers.fixed(lower, digits) + " to " + Numbers.fixed(upper, digits) + ")";
  }
}
