package io.salient.ranking.topology;

import io.salient.lca.drift.ConceptDrift.LabelChange;
import io.salient.schemas.avro.LabelDrift;
import io.salient.schemas.avro.LabelReport;
import io.salient.schemas.avro.ProbeReport;
import java.util.Optional;

/**
 * What is said of single labels between two checkpoints of the same labels.
 *
 * @param before report of the other checkpoint
 * @param after report of the one that is judged
 * @param knowledge by their answers; empty where these are not of the same words
 * @param k neurons that lists are cut to
 */
record LabelJudgements(
    ProbeReport before, ProbeReport after, Optional<TestKnowledge> knowledge, int k) {

  /**
   * One label.
   *
   * @param applied whether the transfer figures are those of the other's very probe
   */
  LabelDrift of(LabelChange change, boolean applied) {
    LabelReport was = before.getLabels().get(change.label());
    LabelReport is = after.getLabels().get(change.label());
    return LabelDrift.newBuilder()
        .setLabel(is.getLabel())
        .setF1Before(was.getF1())
        .setF1After(is.getF1())
        .setTransferF1(applied ? transferF1(is) : null)
        .setJudgement(JudgementRecords.ranking(change.ranking(), k))
        .setKnowledge(
            knowledge
                .flatMap(
                    known ->
                        known
                            .ofLabel(change.label())
                            .map(of -> JudgementRecords.knowledge(of, known.labelGroups())))
                .orElse(null))
        .build();
  }

  /** F1 of the other's probe, unchanged; null where it was not applied or there is no such word. */
  private static Double transferF1(LabelReport label) {
    if (label.getTransferRight() == null) {
      return null;
    }
    double words = (double) label.getTestCount() + label.getTransferSaid();
    return words == 0 ? null : 2 * label.getTransferRight() / words;
  }
}
