package io.salient.standalone.report.page;

import io.salient.lca.evaluation.Analysis;
import io.salient.ranking.view.ConceptResults;
import io.salient.ranking.view.EvaluationViews.Selectivity;
import io.salient.ranking.view.StepView;
import io.salient.standalone.report.figure.LineChart;
import io.salient.standalone.report.figure.LineStyle;
import io.salient.standalone.report.figure.Plot;
import io.salient.standalone.report.figure.Series;
import io.salient.standalone.report.markup.Element;
import io.salient.standalone.report.markup.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How well a concept is encoded: accuracy beside majority, control tasks and transfer. */
final class AccuracyPart {
  private static final int HEIGHT = 230;

  private AccuracyPart() {}

  static List<Element> of(ConceptResults concept, Numbering numbering) {
    List<Element> parts = new ArrayList<>();
    parts.add(table(concept, numbering));
    if (concept.isCompared()) {
      parts.add(figure(concept, numbering));
    }
    return parts;
  }

  private static Element table(ConceptResults concept, Numbering numbering) {
    HtmlTable table =
        new HtmlTable(
            "#Step",
            "#Accuracy",
            "#Majority",
            "#Macro F1",
            "#Control accuracy",
            "#The same, seen types",
            "#Selectivity (points)",
            "#Baseline's probe",
            "Converged");
    for (StepView step : concept.steps()) {
      table.row(
          step(concept, step),
          Numbers.percent(step.probe().accuracy()),
          Numbers.percent(step.probe().majority()),
          Numbers.fixed(step.probe().macroF1(), 3),
          selectivity(step).map(s -> Numbers.percent(s.control())).orElse(Numbers.NONE),
          selectivity(step).map(s -> Numbers.percent(s.seenControl())).orElse(Numbers.NONE),
          selectivity(step).map(AccuracyPart::text).orElse(Numbers.NONE),
          Numbers.percent(step.transferAccuracy()),
          fit(step));
    }
    String why =
        concept.steps().stream()
            .filter(step -> selectivity(step).isEmpty())
            .findFirst()
            .map(
                step ->
                    " Selectivity is not measured at step "
                        + step.step()
                        + ": "
                        + Missing.reason(step, Analysis.SELECTIVITY))
            .orElse("");
    return numbering.table(
        table,
        "How well " + concept.concept() + " can be read from the model",
        "Accuracy of the probe on test words it has not seen; majority: always answering the most"
            + " frequent label; control: a probe that has to learn labels given to words at random;"
            + " seen types: on the test words that occur in training, the only ones whose random"
            + " labels can be known by heart; selectivity: accuracy minus control accuracy, with"
            + " its 95 % interval over control draws; baseline's probe: the probe of the baseline"
            + " applied here unchanged."
            + why);
  }

  private static String step(ConceptResults concept, StepView step) {
    return Numbers.whole(step.step())
        + (concept.isBaseline(step) ? " (base)" : "")
        + (step.probe().isFinal() ? "" : " (partial)");
  }

  private static String fit(StepView step) {
    if (!Missing.hasProbe(step)) {
      return "no probe";
    }
    return step.probe().certificate().converged() ? "yes" : "no";
  }

  static Optional<Selectivity> selectivity(StepView step) {
    return Optional.ofNullable(step.evaluations().selectivity());
  }

  static String text(Selectivity selectivity) {
    String mean = Numbers.points(selectivity.mean());
    return selectivity.low() == null || selectivity.high() == null
        ? mean + " (one draw)"
        : mean
            + " ["
            + Numbers.points(selectivity.low())
            + ", "
            + Numbers.points(selectivity.high())
            + "]";
  }

  private static Element figure(ConceptResults concept, Numbering numbering) {
    List<Series> series =
        List.of(
            Charts.line("new probe", LineStyle.SOLID, concept, s -> s.probe().accuracy()),
            Charts.line(
                "baseline's probe",
                LineStyle.DASHED,
                concept,
                s -> concept.isBaseline(s) ? s.probe().accuracy() : s.transferAccuracy()),
            Charts.line(
                "control tasks",
                LineStyle.DOTTED,
                concept,
                s -> selectivity(s).map(Selectivity::control).orElse(null)));
    if (series.stream().allMatch(one -> one.points().stream().allMatch(p -> Double.isNaN(p.y())))) {
      return Missing.paragraph("Accuracy over training", "there are no test words.");
    }
    Element drawing =
        LineChart.draw(
            new Plot(
                "Accuracy over training steps",
                Plot.WIDE,
                HEIGHT,
                Charts.steps(concept),
                Charts.percent("accuracy on test words (%)", Charts.values(series)),
                series,
                List.of(),
                List.of(),
                List.of()));
    return numbering.figure(List.of(drawing), "Accuracy over training", says(concept));
  }

  private static String says(ConceptResults concept) {
    StepView last = concept.last();
    Double before = concept.baseline().probe().accuracy();
    Double after = last.probe().accuracy();
    if (!Numbers.isKnown(before) || !Numbers.isKnown(after)) {
      return "There are no test words at one of the two ends.";
    }
    // The majority's share is in the table: as a line it would press the others together.
    String change =
        "A probe fitted anew reaches "
            + Numbers.percent(before)
            + " at the baseline and "
            + Numbers.percent(after)
            + " at step "
            + Numbers.whole(last.step())
            + " ("
            + Numbers.points(after - before)
            + " points). The axis does not begin at zero.";
    Double transfer = last.transferAccuracy();
    return Numbers.isKnown(transfer)
        ? change
            + " The baseline's probe, unchanged, is right on "
            + Numbers.percent(transfer)
            + " there: what it lacks is what moved to other neurons or changed its sign or size."
        : change;
  }
}
