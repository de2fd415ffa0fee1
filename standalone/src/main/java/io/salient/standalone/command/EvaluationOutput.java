package io.salient.standalone.command;

import io.salient.ranking.api.EvaluationViews;
import io.salient.ranking.api.RankView;
import java.io.PrintStream;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints what a probe was put to beyond accuracy; nothing where it was not. */
final class EvaluationOutput {
  private static final int NEURONS = 10;
  private static final int WORDS = 6;

  private EvaluationOutput() {}

  static void print(RankView.Concept concept, PrintStream out) {
    if (concept.selectivity() != null) {
      print(concept.selectivity(), out);
    }
    if (concept.minimalSet() != null) {
      print(concept.minimalSet(), out);
    }
    if (!concept.layerwise().isEmpty()) {
      out.println(
          "one probe per layer: "
              + concept.layerwise().stream()
                  .map(layer -> layer.layer() + ": " + share(layer.accuracy()))
                  .collect(Collectors.joining(", ")));
    }
    if (!concept.ablation().isEmpty()) {
      masking(concept, out);
    }
    if (!concept.topWords().isEmpty()) {
      topWords(concept, out);
    }
  }

  private static void print(EvaluationViews.Selectivity selectivity, PrintStream out) {
    String interval =
        selectivity.low() == null
            ? ""
            : " (%s to %s)".formatted(share(selectivity.low()), share(selectivity.high()));
    String seen =
        selectivity.seenControl() == null
            ? ""
            : "; on words whose type was seen in training %s, the probe %s"
                .formatted(share(selectivity.seenControl()), share(selectivity.seenAccuracy()));
    out.printf(
        "selectivity %s%s: control tasks reach %s, %d drawn%s%n",
        share(selectivity.mean()),
        interval,
        share(selectivity.control()),
        selectivity.draws(),
        seen);
  }

  private static void print(EvaluationViews.MinimalSet set, PrintStream out) {
    String others =
        set.bottomAccuracy() == null
            ? ""
            : "; as many at random %s, last ones %s"
                .formatted(share(set.randomAccuracy()), share(set.bottomAccuracy()));
    String loses =
        set.lossBound() == null
            ? ""
            : ", at most %s lost on dev words".formatted(share(Math.max(0, set.lossBound())));
    out.printf(
        "minimal set: %d neurons, retrained accuracy %s%s%s%n",
        set.size(), share(set.testAccuracy()), loses, others);
    for (EvaluationViews.Disjoint further : set.disjoint()) {
      out.printf(
          "further disjoint set: %d neurons, retrained accuracy %s%n",
          further.size(), share(further.testAccuracy()));
    }
  }

  private static void masking(RankView.Concept concept, PrintStream out) {
    out.println("accuracy with some neurons kept, not retrained:");
    TextTable table = new TextTable("kept", "neurons", "first", "random", "last");
    for (EvaluationViews.Ablation point : concept.ablation()) {
      table.row(
          share(point.kept()),
          point.neurons(),
          share(point.top()),
          share(point.random()),
          share(point.bottom()));
    }
    table.print(out);
  }

  private static void topWords(RankView.Concept concept, PrintStream out) {
    TextTable table = new TextTable("neuron", "fires for");
    concept.topWords().stream()
        .limit(NEURONS)
        .forEach(
            neuron ->
                table.row(
                    neuron.layer() + ":" + neuron.unit(),
                    neuron.words().stream()
                        .limit(WORDS)
                        .map(EvaluationViews.Word::word)
                        .collect(Collectors.joining(" "))));
    table.print(out);
  }

  private static String share(Double share) {
    return share == null ? "unknown" : String.format(Locale.ROOT, "%.3f", share);
  }
}
