package io.salient.standalone.report.page;

import io.salient.schemas.avro.LabelDrift;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.RankingJudgement;
import io.salient.standalone.report.markup.Element;
import io.salient.standalone.report.markup.Numbers;
import java.util.Locale;

/** Drift of each label at one checkpoint. */
final class LabelDriftTable {
  private LabelDriftTable() {}

  static Element of(NeuronDrift drift, Numbering numbering) {
    HtmlTable table =
        new HtmlTable(
            "Label",
            "#Reproducibility",
            "#rho (limits)",
            "#F1 before",
            "#F1 after",
            "#F1 of the baseline's probe",
            "Ranking",
            "Knowledge");
    for (LabelDrift label : drift.getLabelDrifts()) {
      RankingJudgement judgement = label.getJudgement();
      table.row(
          Element.of("bdi", label.getLabel()),
          judgement == null ? Numbers.NONE : Numbers.fixed(judgement.getWithinAfter(), 2),
          Signals.rho(judgement),
          Numbers.fixed(label.getF1Before(), 3),
          Numbers.fixed(label.getF1After(), 3),
          Numbers.fixed(label.getTransferF1(), 3),
          judgement == null
              ? Numbers.NONE
              : judgement.getOutcome().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          Signals.knowledge(label.getKnowledge()));
    }
    return numbering.table(
        table,
        "Drift of each label at step " + Numbers.whole(drift.getStep()),
        "As in the table before, for the ranking of one label; variances of the labels are drawn"
            + " to their mean, and a label is called moved so that at most one in twenty of those"
            + " called so is expected not to be. Knowledge: share of the label's F1, beyond that of"
            + " always saying it, that is lost. Labels with too few train words are left out.");
  }
}
