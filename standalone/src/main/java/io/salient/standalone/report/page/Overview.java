package io.salient.standalone.report.page;

import io.salient.schemas.avro.MinimalSetReport;
import io.salient.standalone.report.ConceptResults;
import io.salient.standalone.report.RunResults;
import io.salient.standalone.report.StepResult;
import io.salient.standalone.report.markup.Element;
import io.salient.standalone.report.markup.Numbers;
import java.util.ArrayList;
import java.util.List;

/** What the report says, in a table and a few sentences, and what it lacks. */
final class Overview {
  private Overview() {}

  static Element of(RunResults results, Numbering numbering) {
    Element section = Element.of("section", Element.of("h2", "At a glance")).with("id", "glance");
    List<String> gaps = results.gaps();
    if (!gaps.isEmpty()) {
      section.add(
          Element.of(
                  "div",
                  Element.of("p", Element.of("b", "These results are partial.")),
                  Element.of("ul", gaps.stream().map(gap -> Element.of("li", gap)).toList()))
              .with("class", "partial"));
    }
    List<Element> sentences = new ArrayList<>();
    results.concepts().forEach(concept -> sentences.add(Element.of("li", sentence(concept))));
    section.add(Element.of("ul", sentences));
    section.add(table(results, numbering));
    return section;
  }

  private static List<Object> sentence(ConceptResults concept) {
    StepResult last = concept.last();
    List<Object> says = new ArrayList<>(List.of(Element.of("b", concept.concept()), ": "));
    Double after = last.report().getAccuracy();
    says.add(
        Numbers.isKnown(after)
            ? "read with an accuracy of "
                + Numbers.percent(after)
                + " at step "
                + Numbers.whole(last.step())
            : "accuracy unknown at step " + Numbers.whole(last.step()));
    Double before = concept.baseline().report().getAccuracy();
    if (concept.isCompared() && Numbers.isKnown(before)) {
      says.add(", " + Numbers.percent(before) + " at the baseline");
    }
    says.add(". ");
    last.drift()
        .ifPresent(
            drift ->
                says.addAll(
                    List.of(
                        Element.of("b", capital(Verdicts.name(drift.getVerdict()))),
                        ": "
                            + (drift.getVerdictReason().isEmpty()
                                ? Verdicts.meaning(drift.getVerdict())
                                : drift.getVerdictReason())
                            + ".")));
    return says;
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private static Element table(RunResults results, Numbering numbering) {
    HtmlTable table =
        new HtmlTable(
            "Concept",
            "#Step",
            "#Accuracy",
            "#Majority",
            "#Selectivity (points)",
            "#20 % most salient",
            "#Minimal set",
            "#Reproducibility",
            "#Mean layer",
            "#rho (limits)",
            "Verdict");
    for (ConceptResults concept : results.concepts()) {
      for (StepResult step : concept.baselineAndLast()) {
        table.row(
            concept.concept(),
            Numbers.whole(step.step()) + (step.isFinal() ? "" : " (partial)"),
            Numbers.percent(step.report().getAccuracy()),
            Numbers.percent(step.report().getMajority()),
            AccuracyPart.selectivity(step)
                .map(s -> Numbers.points(s.getMean()))
                .orElse(Numbers.NONE),
            AblationPart.atTwentyPercent(step)
                .map(point -> Numbers.percent(point.getTop()))
                .orElse(Numbers.NONE),
            minimal(step),
            Numbers.fixed(step.neurons().getReproducibility(), 2),
            Numbers.fixed(step.neurons().getMeanLayer(), 2),
            step.drift().map(drift -> Signals.rho(drift.getJudgement())).orElse(Numbers.NONE),
            verdict(concept, step));
      }
    }
    return numbering.table(
        table,
        "Each concept at the baseline and at the last step",
        "Accuracies are on test words. 20 % most salient: accuracy when all other neurons are held"
            + " at their mean. Minimal set: the fewest neurons that suffice, and their share of"
            + " all. Reproducibility: what another half of the corpus finds of the list of the most"
            + " salient. rho: agreement with the baseline beyond noise, 1 is no drift.");
  }

  private static String minimal(StepResult step) {
    MinimalSetReport set = step.evaluations().getMinimalSet();
    return set == null
        ? Numbers.NONE
        : Numbers.whole(set.getSize())
            + " ("
            + Numbers.percent((double) set.getSize() / step.width())
            + ")";
  }

  private static Object verdict(ConceptResults concept, StepResult step) {
    return concept.isBaseline(step)
        ? "(baseline)"
        : step.drift()
            .<Object>map(drift -> Verdicts.cell(drift.getVerdict()))
            .orElse("not compared");
  }
}
