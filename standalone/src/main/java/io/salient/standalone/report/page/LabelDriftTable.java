package io.salient.standalone.report.page;

import io.salient.ranking.view.CompareView;
import io.salient.ranking.view.JudgementView;
import io.salient.ranking.view.JudgementView.Label;
import io.salient.standalone.report.markup.Element;
import io.salient.standalone.report.markup.Numbers;
import java.util.Objects;

/** Drift of each label at one checkpoint. */
final class LabelDriftTable {
  private LabelDriftTable() {}

  static Element of(CompareView drift, Numbering numbering) {
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
    for (Label label : drift.judged().perLabel()) {
      JudgementView judgement = label.judgement();
      table.row(
          Element.of("bdi", label.label()),
          judgement == null ? Numbers.NONE : Numbers.fixed(judgement.reproducibilityB(), 2),
          Signals.rho(judgement),
          Numbers.fixed(label.f1A(), 3),
          Numbers.fixed(label.f1B(), 3),
          Numbers.fixed(label.transferF1(), 3),
          judgement == null
              ? Numbers.NONE
              : Objects.requireNonNullElse(judgement.outcome(), "none"),
          Signals.knowledge(label.knowledge()));
    }
    return numbering.table(
        table,
        "Drift of each label at step " + Numbers.whole(drift.step()),
        "As in the table before, for the ranking of one label; variances of the labels are drawn"
            + " to their mean, and a label is called moved so that at most one in twenty of those"
            + " called so is expected not to be. Knowledge: share of the label's F1, beyond that of"
            + " always saying it, that is lost. Labels with too few train words are left out.");
  }
}
