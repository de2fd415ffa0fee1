package io.salient.standalone.command;

import static java.util.stream.Collectors.joining;

import io.salient.ranking.view.ConceptResults;
import io.salient.ranking.view.JudgementView;
import io.salient.ranking.view.NeuronViews.Ranked;
import io.salient.ranking.view.RunResults;
import io.salient.ranking.view.StepView;
import io.salient.standalone.report.markup.Numbers;
import java.io.PrintStream;
import java.util.List;

/** The results of a run as one table: a row per concept and step. */
final class RunTable {
  private static final int NEURONS = 5;

  private RunTable() {}

  static void print(RunResults results, PrintStream out) {
    TextTable table =
        new TextTable(
            "step",
            "concept",
            "accuracy",
            "reproducibility",
            "Jaccard",
            "rho",
            "verdict",
            "first neurons");
    for (ConceptResults concept : results.concepts()) {
      for (StepView step : concept.steps()) {
        table.row(
            step.step(),
            concept.concept(),
            Numbers.plain(step.probe().accuracy()),
            Numbers.plain(step.neurons().reproducibility()),
            Numbers.plain(step.drift().map(d -> d.likeness().jaccard()).orElse(null)),
            Numbers.plain(
                step.drift().map(d -> d.judged().judgement()).map(JudgementView::rho).orElse(null)),
            verdict(concept, step),
            neurons(step.neurons().ranking()));
      }
    }
    out.println(
        "run "
            + results.run()
            + "; reproducibility: what another half of the corpus finds of the list; Jaccard, rho"
            + " and verdict are against the baseline of each concept");
    table.print(out);
    results.concepts().stream()
        .flatMap(concept -> VerdictLine.of(concept).stream())
        .forEach(out::println);
  }

  private static String verdict(ConceptResults concept, StepView step) {
    if (concept.isBaseline(step)) {
      return "baseline";
    }
    return step.drift().map(d -> d.judged().verdict()).orElse("none")
        + (concept.isAlarmed(step.step()) ? " (alarm)" : "");
  }

  private static String neurons(List<Ranked> ranking) {
    return ranking.isEmpty()
        ? "nothing is ranked"
        : ranking.stream()
            .limit(NEURONS)
            .map(neuron -> neuron.layer() + ":" + neuron.unit())
            .collect(joining(" "));
  }
}
