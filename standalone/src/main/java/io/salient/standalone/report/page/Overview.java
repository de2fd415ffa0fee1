package io.salient.standalone.report.page;

import io.salient.ranking.view.ConceptResults;
import io.salient.ranking.view.EvaluationViews.MinimalSet;
import io.salient.ranking.view.RunResults;
import io.salient.ranking.view.StepView;
import io.salient.standalone.report.markup.Element;
import io.salient.standalone.report.markup.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

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
    StepView last = concept.last();
    List<Object> says = new ArrayList<>(List.of(Element.of("b", concept.concept()), ": "));
    Double after = last.probe().accuracy();
    says.add(
        Numbers.isKnown(after)
            ? "read with an accuracy of "
                + Numbers.percent(after)
                + " at step "
                + Numbers.whole(last.step())
            : "accuracy unknown at step " + Numbers.whole(last.step()));
    Double before = concept.baseline().probe().accuracy();
    if (concept.isCompared() && Numbers.isKnown(before)) {
      says.add(", " + Numbers.percent(before) + " at the baseline");
    }
    says.add(". ");
    last.drift()
        .ifPresent(
            drift ->
                says.addAll(
                    List.of(
                        Element.of("b", capital(Verdicts.of(drift.judged().verdict()).label())),
                        ": "
                            + Objects.requireNonNullElse(
                                drift.judged().verdictReason(),
                                Verdicts.of(drift.judged().verdict()).meaning())
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
      for (StepView step : concept.baselineAndLast()) {
        table.row(
            concept.concept(),
            Numbers.whole(step.step()) + (step.probe().isFinal() ? "" : " (partial)"),
            Numbers.percent(step.probe().accuracy()),
            Numbers.percent(step.probe().majority()),
            AccuracyPart.selectivity(step).map(s -> Numbers.points(s.mean())).orElse(Numbers.NONE),
            AblationPart.atTwentyPercent(step)
                .map(point -> Numbers.percent(point.top()))
                .orElse(Numbers.NONE),
            minimal(step),
            Numbers.fixed(step.neurons().reproducibility(), 2),
            Numbers.fixed(step.neurons().meanLayer(), 2),
            step.drift().map(drift -> Signals.rho(drift.judged().judgement())).orElse(Numbers.NONE),
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

  private static String minimal(StepView step) {
    MinimalSet set = step.evaluations().minimalSet();
    return set == null
        ? Numbers.NONE
        : Numbers.whole(set.size())
            + " ("
            + Numbers.percent((double) set.size() / step.width())
            + ")";
  }

  private static Object verdict(ConceptResults concept, StepView step) {
    return concept.isBaseline(step)
        ? "(baseline)"
        : step.drift()
            .<Object>map(drift -> Verdicts.of(drift.judged().verdict()).cell())
            .orElse("not compared");
  }
}
