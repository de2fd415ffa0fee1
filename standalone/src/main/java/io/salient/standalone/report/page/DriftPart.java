package io.salient.standalone.report.page;

import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.Noise;
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
    boolean noise = drifts.stream().anyMatch(drift -> drift.getNoise() != null);
    parts.add(
        noise
            ? DriftFigures.noise(concept, numbering)
            : Missing.paragraph("Drift beside its noise", reason(drifts.getLast())));
    parts.add(DriftFigures.similarities(concept, numbering));
    parts.add(table(drifts, numbering));
    if (drifts.getLast().getLabelDrifts().stream().anyMatch(label -> label.getNoise() != null)) {
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
    String why = verdict == Verdict.NONE ? reason(drift) : Verdicts.meaning(verdict) + ".";
    return Element.of("p", where, Element.of("b", name), " – ", why).with("class", "verdict");
  }

  private static Element table(List<NeuronDrift> drifts, Numbering numbering) {
    HtmlTable table =
        new HtmlTable(
            "#Step",
            "#Agreement of halves",
            "#By chance (mean ± sd)",
            "#Calibrated drift (sd)",
            "#p",
            "#Mean layer (shift)",
            "#Accuracy (points)",
            "Verdict");
    for (NeuronDrift drift : drifts) {
      Optional<Noise> noise = Optional.ofNullable(drift.getNoise());
      table.row(
          Numbers.whole(drift.getStep()) + (drift.getFinal$() ? "" : " (partial)"),
          noise.map(n -> Numbers.fixed(n.getSimilarity(), 3)).orElse(Numbers.NONE),
          noise.map(DriftPart::chance).orElse(Numbers.NONE),
          drift.getCalibratedDrift() == null
              ? Numbers.NONE
              : Numbers.signed(drift.getCalibratedDrift(), 1),
          Numbers.fixed(drift.getPValue(), 3),
          Double.isFinite(drift.getMeanLayerShift())
              ? Numbers.signed(drift.getMeanLayerShift(), 2)
              : Numbers.NONE,
          accuracy(drift),
          Verdicts.cell(drift.getVerdict()));
    }
    int replicates =
        drifts.stream()
            .filter(drift -> drift.getNoise() != null)
            .mapToInt(drift -> drift.getNoise().getReplicates())
            .findFirst()
            .orElse(0);
    return numbering.table(
        table,
        "Drift from the baseline",
        replicates == 0
            ? "No noise was measured, so it cannot be told whether a move is more than chance."
            : "Agreement: rank-biased overlap of the ranking on one half of the train sentences"
                + " with the baseline's on the other half; by chance: the same between two halves"
                + " of the baseline, over "
                + replicates
                + " random splits. Calibrated drift: how many of those standard deviations the"
                + " agreement lies below. p: the share of splits that agree no better, which cannot"
                + " be less than 1/"
                + (replicates + 1)
                + ".");
  }

  private static String chance(Noise noise) {
    return Numbers.fixed(noise.getMeanSimilarity(), 3)
        + (noise.getSd() == null ? "" : " ± " + Numbers.fixed(noise.getSd(), 3));
  }

  private static String accuracy(NeuronDrift drift) {
    return drift.getAccuracyBefore() == null || drift.getAccuracyAfter() == null
        ? Numbers.NONE
        : Numbers.points(drift.getAccuracyAfter() - drift.getAccuracyBefore());
  }
}
