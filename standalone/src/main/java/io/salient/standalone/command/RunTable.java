package io.salient.standalone.command;

import static java.util.stream.Collectors.joining;

import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.RankedNeuron;
import io.salient.schemas.avro.RankingJudgement;
import io.salient.schemas.avro.Verdict;
import io.salient.standalone.report.ConceptResults;
import io.salient.standalone.report.RunResults;
import io.salient.standalone.report.StepResult;
import io.salient.standalone.report.page.Verdicts;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
      for (StepResult step : concept.steps()) {
        table.row(
            step.step(),
            concept.concept(),
            number(Optional.ofNullable(step.report().getAccuracy())),
            number(Optional.ofNullable(step.neurons().getReproducibility())),
            number(step.drift().filter(d -> d.getK() > 0).map(NeuronDrift::getJaccard)),
            number(step.drift().map(NeuronDrift::getJudgement).map(RankingJudgement::getRho)),
            verdict(concept, step),
            neurons(step.neurons().getRanking()));
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

  private static String verdict(ConceptResults concept, StepResult step) {
    if (concept.isBaseline(step)) {
      return "baseline";
    }
    return step.drift()
            .map(NeuronDrift::getVerdict)
            .filter(verdict -> verdict != Verdict.NONE)
            .map(Verdicts::name)
            .orElse("none")
        + (concept.isAlarmed(step.step()) ? " (alarm)" : "");
  }

  private static String neurons(List<RankedNeuron> ranking) {
    return ranking.isEmpty()
        ? "nothing is ranked"
        : ranking.stream()
            .limit(NEURONS)
            .map(neuron -> neuron.getLayer() + ":" + neuron.getUnit())
            .collect(joining(" "));
  }

  private static String number(Optional<Double> value) {
    return value.map(known -> String.format(Locale.ROOT, "%.3f", known)).orElse("unknown");
  }
}
