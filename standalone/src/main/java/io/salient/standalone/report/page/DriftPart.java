package io.salient.standalone.report.page;

import io.salient.schemas.avro.AlarmState;
import io.salient.schemas.avro.DriftAlarm;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.Verdict;
import io.salient.standalone.report.ConceptResults;
import io.salient.standalone.report.StepResult;
import io.salient.standalone.report.markup.Element;
import io.salient.standalone.report.markup.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How a ranking moved from the baseline's, beside what chance does. */
final class DriftPart {
  private DriftPart() {}

  static List<Element> of(ConceptResults concept, Numbering numbering) {
    List<NeuronDrift> drifts = drifts(concept);
    if (drifts.isEmpty()) {
      return List.of(
          Missing.paragraph(
              "Drift", "there is no second ranked checkpoint to compare with the baseline."));
    }
    List<Element> parts = new ArrayList<>();
    Element verdict = verdict(drifts.getLast());
    parts.add(verdict);
    concept.alarm().ifPresent(alarm -> parts.add(alarm(alarm)));
    parts.add(
        DriftFigures.judged(drifts).isEmpty()
            ? Missing.paragraph("Drift beside its noise", reason(drifts.getLast()))
            : DriftFigures.judgement(concept, numbering));
    if (drifts.stream().anyMatch(DriftFigures::isByNeuron)) {
      parts.add(DriftFigures.similarities(concept, numbering));
    }
    parts.add(table(concept, drifts, numbering));
    if (drifts.getLast().getLabelDrifts().stream().anyMatch(l -> l.getJudgement() != null)) {
      parts.add(LabelDriftTable.of(drifts.getLast(), numbering));
    }
    return parts;
  }

  static List<NeuronDrift> drifts(ConceptResults concept) {
    return concept.steps().stream()
        .map(StepResult::drift)
        .flatMap(Optional::stream)
        .filter(Objects::nonNull)
        .toList();
  }

  private static String reason(NeuronDrift drift) {
    return drift.getVerdictReason().isEmpty()
        ? "no noise was measured."
        : drift.getVerdictReason() + ".";
  }

  private static Element verdict(NeuronDrift drift) {
    Verdict verdict = drift.getVerdict();
    String name = Verdicts.name(verdict);
    String where = "Verdict at step " + Numbers.whole(drift.getStep()) + ": ";
    boolean open = verdict == Verdict.NONE || verdict == Verdict.UNDECIDED;
    String why = open ? reason(drift) : Verdicts.meaning(verdict) + ".";
    return Element.of("p", where, Element.of("b", name), " – ", why).with("class", "verdict");
  }

  private static Element alarm(DriftAlarm alarm) {
    boolean raised = alarm.getState() == AlarmState.RAISED;
    return Element.of(
            "p",
            Element.of("b", raised ? "Alarm" : "Alarm cleared"),
            " at step "
                + Numbers.whole(alarm.getStep())
                + (raised
                    ? ": the ranking moved from the baseline there and at the judged step before."
                    : ": the ranking is not moved from the baseline there any more."))
        .with("class", "verdict");
  }

  private static Element table(
      ConceptResults concept, List<NeuronDrift> drifts, Numbering numbering) {
    HtmlTable table =
        new HtmlTable(
            "#Step",
            "#Reproducibility",
            "#rho (limits)",
            "#Place (layers)",
            "Knowledge",
            "#Mean layer (shift)",
            "#Accuracy (points)",
            "Verdict");
    for (NeuronDrift drift : drifts) {
      table.row(
          Numbers.whole(drift.getStep()) + (drift.getFinal$() ? "" : " (partial)"),
          drift.getJudgement() == null
              ? Numbers.NONE
              : Numbers.fixed(drift.getJudgement().getWithinAfter(), 2),
          Signals.rho(drift.getJudgement()),
          Signals.place(drift.getPlace()),
          Signals.knowledge(drift.getKnowledge()),
          DriftFigures.isByNeuron(drift) && Double.isFinite(drift.getMeanLayerShift())
              ? Numbers.signed(drift.getMeanLayerShift(), 2)
              : Numbers.NONE,
          accuracy(drift),
          concept.isAlarmed(drift.getStep())
              ? Element.of("span", Verdicts.cell(drift.getVerdict()), " (alarm)")
              : Verdicts.cell(drift.getVerdict()));
    }
    return numbering.table(
        table,
        "Drift from the baseline",
        "Reproducibility: what another half of the sentences finds of the checkpoint's list. rho:"
            + " agreement with the baseline across halves, over that within; 1 is no drift. Place:"
            + " how far the first neurons moved, beyond noise, with its lower limit. Knowledge:"
            + " share of what the baseline's probe knew, beyond the commonest label, that is lost,"
            + " with its limits. Limits are one-sided, 95 % each. Alarm: the ranking moved at this"
            + " step and at the one before.");
  }

  private static String accuracy(NeuronDrift drift) {
    return drift.getAccuracyBefore() == null || drift.getAccuracyAfter() == null
        ? Numbers.NONE
        : Numbers.points(drift.getAccuracyAfter() - drift.getAccuracyBefore());
  }
}
