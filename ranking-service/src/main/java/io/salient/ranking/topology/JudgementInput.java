package io.salient.ranking.topology;

import io.salient.schemas.avro.LabelReport;
import io.salient.schemas.avro.ProbeReport;
import java.util.List;

/**
 * What one checkpoint brings to a judgement.
 *
 * @param report of its probe
 * @param replicates of it; null while they, or some of them, are not there
 */
record JudgementInput(ProbeReport report, KeptReplicates replicates) {
  /** True when they are still to come. */
  boolean isPending() {
    return report.getFinal$() && replicates == null && report.getTiers().contains("noise");
  }

  /** Why a ranking cannot be judged against another: of other rules. Empty when it can. */
  String otherMethod(JudgementInput before) {
    String was = before.report.getMethod();
    return was.equals(report.getMethod())
        ? ""
        : "step %d was ranked by %s, step %d by %s: rank both by the same salient.probe.method"
            .formatted(before.report.getStep(), was, report.getStep(), report.getMethod());
  }

  /** Why there are no halves to compare; empty when there are. */
  String problem() {
    if (!report.getFinal$()) {
      return "rows of step "
          + report.getStep()
          + " are still missing: halves are fitted after the final probe";
    }
    if (report.getSplits() != null && report.getSplits() == 0) {
      return "no halves were fitted: salient.probe.splits is 0";
    }
    if (isPending()) {
      return "the noise of step " + report.getStep() + " is still being measured";
    }
    if (replicates == null) {
      return "no halves of step " + report.getStep() + " were published";
    }
    String by = replicates.parts().getFirst().getMethod();
    if (replicates.problem().isEmpty() && !by.equals(report.getMethod())) {
      return "the halves of step %d were ranked by %s, its neurons by %s: extract it again"
          .formatted(report.getStep(), by, report.getMethod());
    }
    return replicates.parts().getFirst().getLabels().equals(labels())
        ? replicates.problem()
        : "the halves of step " + report.getStep() + " are of other labels than its probe";
  }

  /**
   * Why their layers say nothing of each other; empty when they do. Where only some layers of a
   * model were looked at, the last of them is not the last of the model.
   */
  String otherLayers(JudgementInput before) {
    ProbeReport was = before.report;
    boolean some = !was.getLayerNumbers().isEmpty() || !report.getLayerNumbers().isEmpty();
    return some && !ReportLayers.of(was).equals(ReportLayers.of(report))
        ? "steps %d and %d were extracted with other layers: extract both again with the same salient.extractor.layers"
            .formatted(was.getStep(), report.getStep())
        : "";
  }

  /** Why halves of the two are not of the same sentences; empty when they are. */
  String problemBeside(JudgementInput other) {
    String here = report.getProvenance().getCorpusHash();
    String there = other.report.getProvenance().getCorpusHash();
    return here.equals(there)
        ? ""
        : "steps "
            + other.report.getStep()
            + " and "
            + report.getStep()
            + " were extracted over other corpora or with other concepts"
            + " (salient.extractor.concepts), or an earlier version split one of them otherwise:"
            + " extract both again over the same";
  }

  private List<String> labels() {
    return report.getLabels().stream().map(LabelReport::getLabel).toList();
  }
}
