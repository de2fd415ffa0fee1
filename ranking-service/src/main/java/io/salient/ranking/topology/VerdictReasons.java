package io.salient.ranking.topology;

import io.salient.lca.drift.ConceptDrift;
import io.salient.lca.drift.DisattenuatedSimilarity;
import io.salient.lca.drift.RankingChange;
import io.salient.lca.drift.RankingChange.Outcome;
import io.salient.lca.drift.RankingChange.Reason;
import io.salient.lca.drift.ReplicateHalves;
import io.salient.lca.drift.Verdict;
import java.util.Locale;

/** Why there is no verdict, or none but undecided, in words. */
final class VerdictReasons {
  static final String PROVISIONAL =
      "the fit of a half ended before its gap was proved to be 1e-3: raise"
          + " salient.probe.max-evaluations";

  static final String NOTHING_RANKED = "nothing is ranked on half of the train sentences";

  private VerdictReasons() {}

  /** Empty where there is a verdict that says something. */
  static String of(ConceptDrift drift) {
    boolean undecided = drift.verdict().filter(said -> said == Verdict.UNDECIDED).isPresent();
    return drift.verdict().isPresent() && !undecided ? "" : of(drift.ranking());
  }

  private static String of(RankingChange ranking) {
    return ranking.reason() == Reason.LIMITS ? limits(ranking) : of(ranking.reason());
  }

  /** Empty for a reason that says enough, or that limits would have to explain. */
  static String of(Reason reason) {
    return switch (reason) {
      case PROVISIONAL -> PROVISIONAL;
      case OTHER_LABELS -> "the two were ranked on other labels";
      case OTHER_LAYERS ->
          "the models have different sizes or layers: only place and knowledge are compared";
      case OTHER_DEPTH -> "the lists of their halves are cut at another number of neurons";
      case OTHER_SPLITS ->
          "their halves are of other splits: rank both with the same salient.probe.splits";
      case ONE_LABEL -> "fewer than two labels have words enough to count";
      case FEW_SENTENCES ->
          "a half has fewer than "
              + ReplicateHalves.FEWEST_SENTENCES
              + " sentences to train on: take a larger corpus";
      case NOTHING_RANKED -> NOTHING_RANKED;
      case NOT_REPRODUCIBLE ->
          String.format(
              Locale.ROOT,
              "halves of the same sentences agree by less than %.2f: the ranking is not"
                  + " reproducible",
              RankingChange.REPRODUCIBLE);
      case ONE_SPLIT -> "one split has no spread: set salient.probe.splits to 2 or more";
      case LIMITS, VANISHED, APPEARED, NOTHING_SHARED -> "";
    };
  }

  private static String limits(RankingChange ranking) {
    if (ranking.outcome() == Outcome.STABLE) {
      return "the ranking is stable, but whether what was known is kept cannot be told";
    }
    DisattenuatedSimilarity similarity = ranking.similarity().orElseThrow();
    return String.format(
        Locale.ROOT,
        "rho is between %.2f and %.2f: %.1f, the limit of no change, is possible too",
        similarity.lower().orElseThrow(),
        similarity.upper().orElseThrow(),
        RankingChange.UNCHANGED);
  }
}
