package io.salient.lca.drift;

import java.util.Optional;

/**
 * Whether a ranking moved, of all labels together or of one, and why this is said.
 *
 * <p>The first that holds:
 *
 * <table>
 *   <caption>Cases</caption>
 *   <tr><td>all lists of both sides empty, or what {@link Reason} names</td><td>NONE</td></tr>
 *   <tr><td>over half of one side's lists empty, at most half of the other's</td><td>MOVED</td></tr>
 *   <tr><td>mean similarity within one side below {@link #REPRODUCIBLE}</td>
 *       <td>UNDECIDED</td></tr>
 *   <tr><td>one split</td><td>UNDECIDED</td></tr>
 *   <tr><td>nothing in common across the sides</td><td>MOVED, rho = 0</td></tr>
 *   <tr><td>lower limit of rho above {@link #UNCHANGED}</td><td>STABLE</td></tr>
 *   <tr><td>upper limit of rho below {@link #UNCHANGED}</td><td>MOVED</td></tr>
 *   <tr><td>otherwise</td><td>UNDECIDED</td></tr>
 * </table>
 *
 * @param outcome what is said
 * @param reason why; {@link Reason#LIMITS} where the limits of rho decide
 * @param similarity D, rho and its limits, where they can be computed
 */
public record RankingChange(
    Outcome outcome, Reason reason, Optional<DisattenuatedSimilarity> similarity) {
  /** rho above it counts as no change. */
  public static final double UNCHANGED = 0.9;

  /** Least mean similarity of a side's own halves. */
  public static final double REPRODUCIBLE = 0.15;

  /** What is said of a ranking. */
  public enum Outcome {
    /** Nothing can be said. */
    NONE,
    /** Noise alone explains what is seen, and a change of any size that counts is ruled out. */
    STABLE,
    /** Noise does not explain it. */
    MOVED,
    /** The data allow both. */
    UNDECIDED
  }

  /** Why something is said. */
  public enum Reason {
    /** The limits of rho say it. */
    LIMITS,
    /** NONE: rows are missing, or a fit of a half was stopped before its gap was proved. */
    PROVISIONAL,
    /** NONE: the two were ranked on other labels. */
    OTHER_LABELS,
    /** NONE: the two have other layers or another width. */
    OTHER_LAYERS,
    /** NONE: lists are cut at another k. */
    OTHER_DEPTH,
    /** NONE: the halves are of other splits. */
    OTHER_SPLITS,
    /** NONE: fewer than two labels count. */
    ONE_LABEL,
    /** NONE: a half has fewer than {@link ReplicateHalves#FEWEST_SENTENCES} sentences. */
    FEW_SENTENCES,
    /** NONE: no half ranks anything on either side. */
    NOTHING_RANKED,
    /** MOVED: most halves ranked something before, most rank nothing after. */
    VANISHED,
    /** MOVED: most halves ranked nothing before, most rank something after. */
    APPEARED,
    /** UNDECIDED: halves of one side agree too little with each other. */
    NOT_REPRODUCIBLE,
    /** UNDECIDED: one split has no spread. */
    ONE_SPLIT,
    /** MOVED: the sides share no neuron. */
    NOTHING_SHARED
  }

  static RankingChange none(Reason reason) {
    return new RankingChange(Outcome.NONE, reason, Optional.empty());
  }

  /**
   * Judges two checkpoints by the lists of their halves on the same splits.
   *
   * @throws IllegalArgumentException when the numbers of splits differ
   */
  public static RankingChange between(HalfLists before, HalfLists after, TruncatedOverlap overlap) {
    if (before.isEmpty() && after.isEmpty()) {
      return none(Reason.NOTHING_RANKED);
    }
    SplitSimilarities similarities = SplitSimilarities.between(before, after, overlap);
    Optional<DisattenuatedSimilarity> similarity = DisattenuatedSimilarity.of(similarities);
    if (before.isMostlyEmpty() != after.isMostlyEmpty()) {
      Reason reason = after.isMostlyEmpty() ? Reason.VANISHED : Reason.APPEARED;
      return new RankingChange(Outcome.MOVED, reason, similarity);
    }
    if (Math.min(similarities.meanBefore(), similarities.meanAfter()) < REPRODUCIBLE) {
      return new RankingChange(Outcome.UNDECIDED, Reason.NOT_REPRODUCIBLE, similarity);
    }
    if (similarities.splits() == 1) {
      return new RankingChange(Outcome.UNDECIDED, Reason.ONE_SPLIT, similarity);
    }
    return byLimits(similarity.orElseThrow());
  }

  private static RankingChange byLimits(DisattenuatedSimilarity similarity) {
    if (similarity.rho() == 0) {
      return new RankingChange(Outcome.MOVED, Reason.NOTHING_SHARED, Optional.of(similarity));
    }
    boolean moved = similarity.upper().orElseThrow() < UNCHANGED;
    return of(moved, similarity);
  }

  /** Moved where that is known already, else stable where the lower limit says so. */
  static RankingChange of(boolean moved, DisattenuatedSimilarity similarity) {
    Outcome otherwise =
        similarity.lower().orElseThrow() > UNCHANGED ? Outcome.STABLE : Outcome.UNDECIDED;
    return new RankingChange(
        moved ? Outcome.MOVED : otherwise, Reason.LIMITS, Optional.of(similarity));
  }

  /** True when a verdict was reached: this is a judged step. */
  public boolean isJudged() {
    return outcome != Outcome.NONE;
  }

  /** True when rho with its variance speaks for this ranking, as that of a label can be pooled. */
  boolean isMeasured() {
    return reason == Reason.LIMITS || reason == Reason.NOTHING_SHARED;
  }
}
