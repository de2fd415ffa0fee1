package io.salient.ranking.view;

import io.salient.schemas.avro.KnowledgeChange;
import io.salient.schemas.avro.KnowledgeState;
import io.salient.schemas.avro.LabelDrift;
import io.salient.schemas.avro.Movement;
import io.salient.schemas.avro.PlaceChange;
import io.salient.schemas.avro.RankingJudgement;
import io.salient.schemas.avro.RatioLimits;
import io.salient.schemas.avro.Verdict;

/**
 * Whether a ranking moved, by the halves of both checkpoints on the same splits of the train
 * sentences.
 *
 * @param outcome stable, moved or undecided; null where nothing can be said
 * @param reason limits where the limits of rho say it; else the case that stands before them
 * @param splits number of splits
 * @param k neurons that lists are cut to; not the k of the drift
 * @param reproducibilityA what another half of the sentences finds of A's list, 0 to 1
 * @param reproducibilityB the same of B's
 * @param across agreement of A and B on different halves
 * @param distance D: mean reproducibility minus agreement across; 0 without drift
 * @param rho agreement across over the geometric mean of both reproducibilities; 1 without drift
 * @param lower one-sided limit of rho, 95 %; null with one split
 * @param upper one-sided limit of rho, 95 %
 */
public record JudgementView(
    String outcome,
    String reason,
    int splits,
    int k,
    Double reproducibilityA,
    Double reproducibilityB,
    Double across,
    Double distance,
    Double rho,
    Double lower,
    Double upper) {

  /**
   * How far the first neurons moved through the layers, beyond noise.
   *
   * @param mean in layers; near 0, of either sign, without drift
   * @param lower one-sided limit, 95 %; null with one split
   * @param threshold what it must exceed
   * @param relocated true when it does
   * @param relative true when distances are over relative layers, 0 to 1
   */
  public record Displacement(
      double mean, Double lower, double threshold, boolean relocated, boolean relative) {
    static Displacement of(PlaceChange place) {
      return place == null
          ? null
          : new Displacement(
              place.getMean(),
              place.getLower(),
              place.getThreshold(),
              place.getRelocated(),
              place.getRelative());
    }
  }

  /**
   * What became of what A's probe knew beyond always saying the commonest label.
   *
   * @param state kept, weakened, forgotten, undecided or never-known; null when not known
   * @param groups of test words
   * @param lost share that B's probe loses; null where it cannot be told
   * @param regained share that B's probe finds and A's, unchanged, does not; null where A's was not
   *     applied
   * @param reencoded true when that is more than a tenth
   */
  public record Knowledge(String state, int groups, Ratio lost, Ratio regained, boolean reencoded) {
    static Knowledge of(KnowledgeChange change) {
      return change == null
          ? null
          : new Knowledge(
              EnumText.of(change.getState(), KnowledgeState.UNKNOWN),
              change.getGroups(),
              Ratio.of(change.getLost()),
              Ratio.of(change.getRegained()),
              change.getReencoded());
    }
  }

  /**
   * A share with its one-sided limits of 95 %.
   *
   * @param ratio the share
   * @param lower its lower limit
   * @param upper its upper limit
   */
  public record Ratio(double ratio, double lower, double upper) {
    private static Ratio of(RatioLimits limits) {
      return limits == null
          ? null
          : new Ratio(limits.getRatio(), limits.getLower(), limits.getUpper());
    }
  }

  /**
   * One label.
   *
   * @param label the label
   * @param judgement of its ranking; null when there is none
   * @param f1A F1 of A's probe on A
   * @param f1B F1 of B's probe on B
   * @param transferF1 F1 of A's probe on B; null unless A is B's baseline
   * @param knowledge what became of what was known of it, by F1; null when not known
   */
  public record Label(
      String label,
      JudgementView judgement,
      Double f1A,
      Double f1B,
      Double transferF1,
      Knowledge knowledge) {
    static Label of(LabelDrift drift) {
      return new Label(
          drift.getLabel(),
          JudgementView.of(drift.getJudgement()),
          drift.getF1Before(),
          drift.getF1After(),
          drift.getTransferF1(),
          Knowledge.of(drift.getKnowledge()));
    }
  }

  /** Null for a record of a version before. */
  static JudgementView of(RankingJudgement judgement) {
    return judgement == null
        ? null
        : new JudgementView(
            EnumText.of(judgement.getOutcome(), Movement.NONE),
            judgement.getReason(),
            judgement.getSplits(),
            judgement.getK(),
            judgement.getWithin(),
            judgement.getWithinAfter(),
            judgement.getAcross(),
            judgement.getDistance(),
            judgement.getRho(),
            judgement.getLower(),
            judgement.getUpper());
  }

  /** As people write it; null for none. */
  static String verdict(Verdict verdict) {
    return EnumText.of(verdict, Verdict.NONE);
  }
}
