package io.salient.ranking.topology;

import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.ReplicateRankings;

/**
 * What one checkpoint brings to a comparison.
 *
 * @param report of its probe
 * @param replicates of it; null when none are kept
 */
record NoiseInput(ProbeReport report, ReplicateRankings replicates) {
  /** Why there are no halves to compare; empty when there are. */
  String problem() {
    if (!report.getFinal$()) {
      return "rows of step "
          + report.getStep()
          + " are still missing: replicates are fitted with the final probe";
    }
    if ("0".equals(report.getProvenance().getSettings().get("replicates"))) {
      return "no replicates were fitted: salient.probe.replicates is 0";
    }
    if (replicates == null) {
      return "no replicates of step " + report.getStep() + " were published";
    }
    if (!replicates.getProblem().isEmpty()) {
      return replicates.getProblem();
    }
    return replicates.getHalves().size() == 2
        ? ""
        : "no replicates of step " + report.getStep() + " were published";
  }
}
