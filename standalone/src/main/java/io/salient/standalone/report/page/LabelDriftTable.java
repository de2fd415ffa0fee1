package io.salient.standalone.report.page;

import io.salient.schemas.avro.LabelDrift;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.standalone.report.markup.Element;
import io.salient.standalone.report.markup.Numbers;

/** Drift of each label at one checkpoint. */
final class LabelDriftTable {
  private LabelDriftTable() {}

  static Element of(NeuronDrift drift, Numbering numbering) {
    HtmlTable table =
        new HtmlTable(
            "Label",
            "#Agreement of halves",
            "#By chance",
            "#Calibrated drift (sd)",
            "#p",
            "#F1 before",
            "#F1 after",
            "#F1 of the baseline's probe",
            "Verdict");
    for (LabelDrift label : drift.getLabelDrifts()) {
      boolean known = label.getNoise() != null;
      table.row(
          Element.of("bdi", label.getLabel()),
          known ? Numbers.fixed(label.getNoise().getSimilarity(), 3) : Numbers.NONE,
          known ? Numbers.fixed(label.getNoise().getMeanSimilarity(), 3) : Numbers.NONE,
          label.getCalibratedDrift() == null
              ? Numbers.NONE
              : Numbers.signed(label.getCalibratedDrift(), 1),
          Numbers.fixed(label.getPValue(), 3),
          Numbers.fixed(label.getF1Before(), 3),
          Numbers.fixed(label.getF1After(), 3),
          Numbers.fixed(label.getTransferF1(), 3),
          Verdicts.cell(label.getVerdict()));
    }
    return numbering.table(
        table,
        "Drift of each label at step " + Numbers.whole(drift.getStep()),
        "As in the table before, for the ranking of one label. Labels with too few train words are"
            + " left out: they never drive a verdict.");
  }
}
