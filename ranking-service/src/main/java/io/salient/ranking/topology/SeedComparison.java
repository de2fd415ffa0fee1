package io.salient.ranking.topology;

import io.salient.lca.drift.RankingChange.Reason;
import io.salient.lca.drift.ReplicateHalves;
import io.salient.lca.drift.SeedAgreement;
import io.salient.lca.drift.TruncatedOverlap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What several trainings from one baseline have in common, in one concept.
 *
 * @param agreement empty where there is none, which the reason explains
 * @param splits random splits of the train sentences; 0 where nothing was compared
 * @param k neurons that lists are cut to
 * @param reason why there is no agreement, or why it has no limits; empty when it has
 */
public record SeedComparison(Optional<SeedAgreement> agreement, int splits, int k, String reason) {

  /**
   * Compares the rankings of runs, each at one step.
   *
   * @param baseline that all of them set out from
   * @param runs at least two
   */
  public static SeedComparison of(KeptRankings.Kept baseline, List<KeptRankings.Kept> runs) {
    List<KeptRankings.Kept> all = new ArrayList<>(List.of(baseline));
    all.addAll(runs);
    for (KeptRankings.Kept one : all) {
      String problem = new JudgementInput(one.neurons().getReport(), one.replicates()).problem();
      if (!problem.isEmpty()) {
        return none(name(one) + ": " + problem);
      }
    }
    List<ReplicateHalves> halves = all.stream().map(one -> one.replicates().halves()).toList();
    for (int i = 1; i < halves.size(); i++) {
      Optional<Reason> reason = halves.getFirst().incomparableWith(halves.get(i));
      if (reason.isPresent()) {
        return none(name(all.get(i)) + ": " + VerdictReasons.of(reason.get()));
      }
    }
    ReplicateHalves first = halves.getFirst();
    SeedAgreement agreement =
        SeedAgreement.of(
            first.overall(),
            halves.stream().skip(1).map(ReplicateHalves::overall).toList(),
            TruncatedOverlap.ofFirst(first.k()));
    return new SeedComparison(
        Optional.of(agreement), first.pairs().size(), first.k(), reason(agreement, runs.size()));
  }

  private static String name(KeptRankings.Kept one) {
    return "run " + one.neurons().getRun() + ", step " + one.neurons().getStep();
  }

  private static SeedComparison none(String reason) {
    return new SeedComparison(Optional.empty(), 0, 0, reason);
  }

  private static String reason(SeedAgreement agreement, int runs) {
    if (!agreement.isReproducible()) {
      return VerdictReasons.of(Reason.NOT_REPRODUCIBLE);
    }
    if (runs < SeedAgreement.FEWEST_RUNS) {
      return "%d runs have no limits: compare %d or more"
          .formatted(runs, SeedAgreement.FEWEST_RUNS);
    }
    if (agreement.train().rho() == 0 || agreement.seed().rho() == 0) {
      return "there is nothing that the lists share";
    }
    return agreement.train().lower().isEmpty() ? VerdictReasons.of(Reason.ONE_SPLIT) : "";
  }
}
