package io.salient.standalone.command;

import static java.util.stream.Collectors.joining;

import io.salient.lca.ranking.RankingMethod;
import io.salient.ranking.view.Csv;
import io.salient.ranking.view.NeuronViews;
import io.salient.ranking.view.RankView;
import io.salient.standalone.report.markup.Numbers;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

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
    out.println("run,step,concept,rank,layer,unit,score,method,reproducibility");
    for (RankView.Concept concept : view.concepts()) {
      for (NeuronViews.Ranked neuron : concept.neurons().ranking()) {
        out.println(
            Csv.line(
                view.run(),
                view.step(),
                concept.concept(),
                neuron.rank(),
                neuron.layer(),
                neuron.unit(),
                neuron.score(),
                concept.probe().method(),
                concept.neurons().reproducibility()));
      }
    }
  }

  private static void table(RankView view, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%s, step %d (%s): %d words of %s, %s x %d%n",
        view.run(),
        view.step(),
        view.checkpointId().substring(0, Math.min(12, view.checkpointId().length())),
        view.words(),
        view.corpus(),
        layers(view),
        view.hidden());
    if (!view.provenance().weights().isEmpty()) {
      out.println("weights: " + view.provenance().weightsInWords());
    }
    view.concepts().forEach(concept -> table(concept, view.layerNumbers(), out));
  }

  /** Their number, or where some were chosen their numbers in the model. */
  private static String layers(RankView view) {
    return isFromZero(view.layerNumbers())
        ? view.layers() + " layers"
        : "layers " + view.layerNumbers().stream().map(String::valueOf).collect(joining(","));
  }

  private static boolean isFromZero(List<Integer> layers) {
    return layers.getLast() == layers.size() - 1;
  }

  private static void table(RankView.Concept concept, List<Integer> layers, PrintStream out) {
    out.println();
    boolean fitted = concept.probe().certificate().evaluations() > 0;
    out.println(concept.concept() + ", ranked by " + concept.probe().method());
    if (fitted) {
      fit(concept, out);
    }
    concept.notes().forEach(note -> out.println("note: " + note));
    EvaluationOutput.print(concept, out);
    if (concept.neurons().ranking().isEmpty()) {
      return;
    }
    MethodOutput.print(concept, out);
    out.printf(
        Locale.ROOT,
        "first %d neurons by layer: %s (mean %.2f)%n",
        concept.neurons().histogramSize(),
        isFromZero(layers)
            ? concept.neurons().layerHistogram()
            : numbered(layers, concept.neurons().layerHistogram()),
        concept.neurons().meanLayer());
    out.println(Reproduced.inWords(concept));
    TextTable neurons = new TextTable("rank", "layer", "unit", "score");
    concept
        .neurons()
        .ranking()
        .forEach(n -> neurons.row(n.rank(), n.layer(), n.unit(), Numbers.plain(n.score(), 5)));
    neurons.print(out);
    labels(concept, out);
  }

  /** The label's own neurons, where the method has any. */
  private static void labels(RankView.Concept concept, PrintStream out) {
    RankingMethod method = RankingMethod.of(concept.probe().method());
    if (!method.tellsLabelsApart()) {
      return;
    }
    String sign = method.needsProbe() ? "weight" : "score";
    TextTable labels =
        new TextTable(
            "label", "train words", "strongest neurons (layer:unit, sign of the " + sign + ")");
    concept
        .neurons()
        .perLabel()
        .forEach(label -> labels.row(name(label), label.count(), strongest(label.neurons())));
    labels.print(out);
  }

  private static String numbered(List<Integer> layers, List<Integer> histogram) {
    return IntStream.range(0, layers.size())
        .mapToObj(place -> layers.get(place) + ": " + histogram.get(place))
        .collect(joining(", "));
  }

  private static void fit(RankView.Concept concept, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%s: accuracy %s, macro F1 %s, majority %s; %s after %d evaluations (%s)%n",
        concept.concept(),
        Numbers.plain(concept.probe().accuracy()),
        Numbers.plain(concept.probe().macroF1()),
        Numbers.plain(concept.probe().majority()),
        concept.probe().certificate().converged() ? "converged" : "not converged",
        concept.probe().certificate().evaluations(),
        concept.probe().certificate().inWords());
  }

  private static String name(NeuronViews.OfLabel label) {
    return label.belowMinimum() ? label.label() + " (too rare)" : label.label();
  }

  private static String strongest(List<NeuronViews.Weighted> neurons) {
    return neurons.stream()
        .limit(LABEL_NEURONS)
        .map(n -> n.layer() + ":" + n.unit() + (n.weight() < 0 ? "-" : "+"))
        .collect(joining(" "));
  }
}
