package io.salient.standalone.report.page;

import io.salient.ranking.view.AlarmView;
import io.salient.ranking.view.CompareView;
import io.salient.ranking.view.ConceptResults;
import io.salient.ranking.view.StepView;
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
    List<CompareView> drifts = drifts(concept);
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
    if (drifts.stream().anyMatch(CompareView::hasSameNeurons)) {
      parts.add(DriftFigures.similarities(concept, numbering));
    }
    parts.add(table(concept, drifts, numbering));
    if (drifts.getLast().judged().perLabel().stream().anyMatch(l -> l.judgement() != null)) {
      parts.add(LabelDriftTable.of(drifts.getLast(), numbering));
    }
    return parts;
  }

  static List<CompareView> drifts(ConceptResults concept) {
    return concept.steps().stream()
        .map(StepView::drift)
        .flatMap(Optional::stream)
        .filter(Objects::nonNull)
        .toList();
  }

  private static String reason(CompareView drift) {
    return drift.judged().verdictReason() == null
        ? "no noise was measured."
        : drift.judged().verdictReason() + ".";
  }

  private static Element verdict(CompareView drift) {
    Verdicts verdict = Verdicts.of(drift.judged().verdict());
    String where = "Verdict at step " + Numbers.whole(drift.step()) + ": ";
    boolean open = verdict == Verdicts.NONE || verdict == Verdicts.UNDECIDED;
    String why = open ? reason(drift) : verdict.meaning() + ".";
    return Element.of("p", where, Element.of("b", verdict.label()), " – ", why)
        .with("class", "verdict");
  }

  private static Element alarm(AlarmView alarm) {
    boolean raised = alarm.raised();
    return Element.of(
            "p",
            Element.of("b", raised ? "Alarm" : "Alarm cleared"),
            " at step "
                + Numbers.whole(alarm.step())
                + (raised
                    ? ": the ranking moved from the baseline there and at the judged step before."
                    : ": the ranking is not moved from the baseline there any more."))
        .with("class", "verdict");
  }

  private static Element table(
      ConceptResults concept, List<CompareView> drifts, Numbering numbering) {
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
    for (CompareView drift : drifts) {
      table.row(
          Numbers.whole(drift.step()) + (drift.pair().isFinal() ? "" : " (partial)"),
          drift.judged().judgement() == null
              ? Numbers.NONE
              : Numbers.fixed(drift.judged().judgement().reproducibilityB(), 2),
          Signals.rho(drift.judged().judgement()),
          Signals.place(drift.judged().place()),
          Signals.knowledge(drift.judged().knowledge()),
          drift.hasSameNeurons() && Double.isFinite(drift.likeness().meanLayerShift())
              ? Numbers.signed(drift.likeness().meanLayerShift(), 2)
              : Numbers.NONE,
          accuracy(drift),
          concept.isAlarmed(drift.step())
              ? Element.of("span", verdictCell(drift), " (alarm)")
              : verdictCell(drift));
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

  private static Element verdictCell(CompareView drift) {
    return Verdicts.of(drift.judged().verdict()).cell();
  }

  private static String accuracy(CompareView drift) {
    return drift.accuracies().accuracyA() == null || drift.accuracies().accuracyB() == null
        ? Numbers.NONE
        : Numbers.points(drift.accuracies().accuracyB() - drift.accuracies().accuracyA());
  }
}
