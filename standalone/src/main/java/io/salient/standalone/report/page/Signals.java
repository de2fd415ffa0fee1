package io.salient.standalone.report.page;

import io.salient.schemas.avro.KnowledgeChange;
import io.salient.schemas.avro.KnowledgeState;
import io.salient.schemas.avro.PlaceChange;
import io.salient.schemas.avro.RankingJudgement;
import io.salient.standalone.report.markup.Numbers;
import java.util.Locale;

/** Signals of a drift in words, each with its limits. */
public final class Signals {
  private Signals() {}

  /** rho and its limits. */
  public static String rho(RankingJudgement judgement) {
    if (judgement == null || judgement.getRho() == null) {
      return Numbers.NONE;
    }
    return Numbers.fixed(judgement.getRho(), 2)
        + (judgement.getLower() == null
            ? ""
            : limits(judgement.getLower(), judgement.getUpper(), 2));
  }

  /**
   * Distance in layers, or in shares of the way from the first to the last, and its lower limit.
   */
  public static String place(PlaceChange place) {
    if (place == null) {
      return Numbers.NONE;
    }
    return Numbers.signed(place.getMean(), 2)
        + (place.getLower() == null ? "" : " (> " + Numbers.signed(place.getLower(), 2) + ")");
  }

  /** What is said, and the share that is lost. */
  public static String knowledge(KnowledgeChange knowledge) {
    if (knowledge == null || knowledge.getState() == KnowledgeState.UNKNOWN) {
      return Numbers.NONE;
    }
    String state = knowledge.getState().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return knowledge.getLost() == null
        ? state
        : state
            + ", "
            + Numbers.fixed(knowledge.getLost().getRatio(), 2)
            + limits(knowledge.getLost().getLower(), knowledge.getLost().getUpper(), 2);
  }

  private static String limits(double lower, double upper, int digits) {
    return " (" + Numbers.fixed(lower, digits) + " to " + Numbers.fixed(upper, digits) + ")";
  }
}
