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
  /** True when they are still to come. */
  boolean isPending() {
    return report.getFinal$() && replicates == null && comesLater();
  }

  /** True when the null similarities of a baseline are still to come. */
  boolean areNullsPending() {
    return isPending()
        || (comesLater()
            && replicates != null
            && replicates.getProblem().isEmpty()
            && replicates.getNulls().isEmpty());
  }

  private boolean comesLater() {
    return report.getTiers().contains("noise");
  }

  /** Why there are no halves to compare; empty when there are. */
  String problem() {
    if (!report.getFinal$()) {
      return "rows of step "
          + report.getStep()
          + " are still missing: replicates are fitted after the final probe";
    }
    if ("0".equals(report.getProvenance().getSettings().get("replicates"))) {
      return "no replicates were fitted: salient.probe.replicates is 0";
    }
    if (isPending()) {
      return "the noise of step " + report.getStep() + " is still being measured";
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
