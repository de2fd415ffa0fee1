package io.salient.standalone.command;

import io.salient.ranking.api.NeuronViews;
import io.salient.ranking.api.RankView;
import io.salient.standalone.Csv;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints the rankings of a checkpoint. */
final class RankOutput {
  private static final int LABEL_NEURONS = 5;

  private RankOutput() {}

  static void print(RankView view, OutputFormat format, PrintStream out) {
    switch (format) {
      case JSON -> out.println(Json.text(view));
      case CSV -> csv(view, out);
      case TABLE -> table(view, out);
    }
  }

  private static void csv(RankView view, PrintStream out) {
    out.println("run,step,concept,rank,layer,unit,score");
    for (RankView.Concept concept : view.concepts()) {
      for (NeuronViews.Ranked neuron : concept.ranking()) {
        out.println(
            Csv.line(
                view.run(),
                view.step(),
                concept.concept(),
                neuron.rank(),
                neuron.layer(),
                neuron.unit(),
                neuron.score()));
      }
    }
  }

  private static void table(RankView view, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%s, step %d (%s): %d words of %s, %d layers x %d%n",
        view.run(),
        view.step(),
        view.checkpointId().substring(0, Math.min(12, view.checkpointId().length())),
        view.words(),
        view.corpus(),
        view.layers(),
        view.hidden());
    view.concepts().forEach(concept -> table(concept, out));
  }

  private static void table(RankView.Concept concept, PrintStream out) {
    out.println();
    if (!concept.method().equals("lca")) {
      out.println(concept.concept() + ", ranked by " + concept.method());
    }
    out.printf(
        Locale.ROOT,
        "%s: accuracy %s, macro F1 %s, majority %s; %s after %d evaluations (relative step %.1e)%n",
        concept.concept(),
        share(concept.accuracy()),
        share(concept.macroF1()),
        share(concept.majority()),
        concept.certificate().converged() ? "converged" : "not converged",
        concept.certificate().evaluations(),
        concept.certificate().relativeStep());
    concept.notes().forEach(note -> out.println("note: " + note));
    EvaluationOutput.print(concept, out);
    if (concept.ranking().isEmpty()) {
      return;
    }
    out.printf(
        Locale.ROOT,
        "first %d neurons by layer: %s (mean %.2f)%n",
        concept.histogramSize(),
        concept.layerHistogram(),
        concept.meanLayer());
    TextTable neurons = new TextTable("rank", "layer", "unit", "score");
    concept
        .ranking()
        .forEach(
            n ->
                neurons.row(
                    n.rank(), n.layer(), n.unit(), String.format(Locale.ROOT, "%.5f", n.score())));
    neurons.print(out);
    TextTable labels =
        new TextTable("label", "train words", "strongest neurons (layer:unit, sign of the weight)");
    concept
        .perLabel()
        .forEach(label -> labels.row(name(label), label.count(), strongest(label.neurons())));
    labels.print(out);
  }

  private static String name(NeuronViews.OfLabel label) {
    return label.belowMinimum() ? label.label() + " (too rare)" : label.label();
  }

  private static String strongest(List<NeuronViews.Weighted> neurons) {
    return neurons.stream()
        .limit(LABEL_NEURONS)
        .map(n -> n.layer() + ":" + n.unit() + (n.weight() < 0 ? "-" : "+"))
        .collect(Collectors.joining(" "));
  }

  private static String share(Double share) {
    return share == null ? "unknown" : String.format(Locale.ROOT, "%.3f", share);
  }
}
