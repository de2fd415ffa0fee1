package io.salient.ranking.view;

import io.salient.lca.drift.SeedAgreement;
import io.salient.ranking.topology.KeptRankings;
import io.salient.ranking.topology.SeedComparison;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What trainings from one baseline have in common, in one concept, as {@code salient compare --runs
 * --format json} prints it.
 *
 * @param concept the concept
 * @param baselineCheckpoint checkpoint id that all runs set out from
 * @param reproducibility what another half of the sentences finds of the baseline's list, 0 to 1;
 *     null where nothing was compared
 * @param runs each at one step
 * @param splits random splits of the train sentences
 * @param k neurons that lists are cut to
 * @param acrossRuns mean agreement of two runs on different halves
 * @param train rho of what all runs share against the baseline: 1 where training moves nothing;
 *     null where it cannot be told
 * @param seed rho of the runs against each other: 1 where the seed moves nothing; null where it
 *     cannot be told
 * @param reason why there are no limits; null when there are
 */
public record SeedsView(
    String concept,
    String baselineCheckpoint,
    Double reproducibility,
    List<Run> runs,
    int splits,
    int k,
    Double acrossRuns,
    Estimate train,
    Estimate seed,
    String reason) {

  /**
   * One run.
   *
   * @param run its name
   * @param step of the checkpoint that is compared
   * @param checkpointId SHA-256 of its weights
   * @param reproducibility what another half of the sentences finds of its list; null where nothing
   *     was compared
   * @param acrossBaseline agreement with the baseline on different halves
   */
  public record Run(
      String run, long step, String checkpointId, Double reproducibility, Double acrossBaseline) {
    /** The same under another name and step. */
    public Run named(String name, long otherStep) {
      return new Run(name, otherStep, checkpointId, reproducibility, acrossBaseline);
    }
  }

  /**
   * A correlation with its one-sided limits of 95 %.
   *
   * @param rho 1 where nothing moves, beyond noise
   * @param lower its lower limit; null with fewer than three runs or one split
   * @param upper its upper limit
   */
  public record Estimate(double rho, Double lower, Double upper) {
    private static Estimate of(SeedAgreement.Estimate estimate) {
      return Double.isFinite(estimate.rho())
          ? new Estimate(estimate.rho(), orNull(estimate.lower()), orNull(estimate.upper()))
          : null;
    }

    private static Double orNull(OptionalDouble value) {
      return value.isPresent() ? value.getAsDouble() : null;
    }
  }

  /**
   * The view of a comparison.
   *
   * @param runs in the order in which they were compared
   */
  public static SeedsView of(
      String concept,
      KeptRankings.Kept baseline,
      List<KeptRankings.Kept> runs,
      SeedComparison compared) {
    SeedAgreement agreement = compared.agreement().orElse(null);
    return new SeedsView(
        concept,
        baseline.neurons().getCheckpointId(),
        agreement == null ? null : agreement.reproducibility(),
        IntStream.range(0, runs.size()).mapToObj(i -> run(runs.get(i), i, agreement)).toList(),
        compared.splits(),
        compared.k(),
        agreement == null ? null : agreement.acrossRuns(),
        agreement == null ? null : Estimate.of(agreement.train()),
        agreement == null ? null : Estimate.of(agreement.seed()),
        compared.reason().isEmpty() ? null : compared.reason());
  }

  private static Run run(KeptRankings.Kept kept, int index, SeedAgreement agreement) {
    return new Run(
        kept.neurons().getRun(),
        kept.neurons().getStep(),
        kept.neurons().getCheckpointId(),
        agreement == null ? null : agreement.reproducibility(index),
        agreement == null ? null : agreement.acrossBaseline(index));
  }

  /**
   * The same with runs called otherwise.
   *
   * @param otherReason the reason with their names; null when there is none
   */
  public SeedsView withRuns(List<Run> called, String otherReason) {
    return new SeedsView(
        concept,
        baselineCheckpoint,
        reproducibility,
        called,
        splits,
        k,
        acrossRuns,
        train,
        seed,
        otherReason);
  }
}
