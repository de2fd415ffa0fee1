package io.salient.ranking.topology;

import io.salient.lca.drift.ReplicateHalves;
import io.salient.lca.drift.Reproducibility;
import io.salient.lca.ranking.RankingMethod;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.SalientNeurons;
import java.util.Optional;

/** Tells with a ranking how far another half of the corpus finds it, or why that is not known. */
final class RankingReproducibility {
  private RankingReproducibility() {}

  /**
   * Fills in what the halves say.
   *
   * @param neurons the caller's own
   * @param replicates null while they, or some of them, are not there
   */
  static SalientNeurons in(SalientNeurons neurons, KeptReplicates replicates) {
    Optional<ReplicateHalves> halves = Optional.empty();
    String problem = problem(neurons.getReport(), replicates);
    if (problem.isEmpty()) {
      halves = Optional.of(replicates.halves());
    }
    Optional<Reproducibility> found = halves.flatMap(Reproducibility::of);
    neurons.setReproducibility(found.map(Reproducibility::mean).orElse(null));
    neurons.setReproducibilityReason(
        found.isPresent() ? "" : halves.map(RankingReproducibility::unknown).orElse(problem));
    return neurons;
  }

  private static String problem(ProbeReport report, KeptReplicates replicates) {
    if (!CompleteProbe.isFitted(report)) {
      return "nothing could be fitted";
    }
    if (!RankingMethod.of(report.getMethod()).needsProbe()) {
      return "halves are fitted for methods that rank a probe: " + report.getMethod() + " does not";
    }
    return new JudgementInput(report, replicates).problem();
  }

  private static String unknown(ReplicateHalves halves) {
    return halves.certified() ? VerdictReasons.NOTHING_RANKED : VerdictReasons.PROVISIONAL;
  }
}
