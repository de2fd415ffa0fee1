package io.salient.standalone.command;

import io.salient.ranking.view.EvaluationViews;
import io.salient.ranking.view.RankView;
import io.salient.standalone.report.markup.Numbers;
import java.io.PrintStream;
import java.util.stream.Collectors;

/** Prints what a probe was put to beyond accuracy; nothing where it was not. */
final class EvaluationOutput {
  private static final int NEURONS = 10;
  private static final int WORDS = 6;

  private EvaluationOutput() {}

  static void print(RankView.Concept concept, PrintStream out) {
    if (concept.evaluations().selectivity() != null) {
      print(concept.evaluations().selectivity(), out);
    }
    if (concept.evaluations().minimalSet() != null) {
      print(concept.evaluations().minimalSet(), out);
    }
    if (!concept.evaluations().layerwise().isEmpty()) {
      out.println(
          "one probe per layer: "
              + concept.evaluations().layerwise().stream()
                  .map(layer -> layer.layer() + ": " + Numbers.plain(layer.accuracy()))
                  .collect(Collectors.joining(", ")));
    }
    if (!concept.evaluations().ablation().isEmpty()) {
      masking(concept, out);
    }
    if (!concept.evaluations().topWords().isEmpty()) {
      topWords(concept, out);
    }
  }

  private static void print(EvaluationViews.Selectivity selectivity, PrintStream out) {
    String interval =
        selectivity.low() == null
            ? ""
            : " (%s to %s)"
                .formatted(Numbers.plain(selectivity.low()), Numbers.plain(selectivity.high()));
    String seen =
        selectivity.seenControl() == null
            ? ""
            : "; on words whose type was seen in training %s, the probe %s"
                .formatted(
                    Numbers.plain(selectivity.seenControl()),
                    Numbers.plain(selectivity.seenAccuracy()));
    out.printf(
        "selectivity %s%s: control tasks reach %s, %d drawn%s%n",
        Numbers.plain(selectivity.mean()),
        interval,
        Numbers.plain(selectivity.control()),
        selectivity.draws(),
        seen);
  }

  private static void print(EvaluationViews.MinimalSet set, PrintStream out) {
    String others =
        set.bottomAccuracy() == null
            ? ""
            : "; as many at random %s, last ones %s"
                .formatted(
                    Numbers.plain(set.randomAccuracy()), Numbers.plain(set.bottomAccuracy()));
    String loses =
        set.lossBound() == null
            ? ""
            : ", at most %s lost on dev words"
                .formatted(Numbers.plain(Math.max(0, set.lossBound())));
    out.printf(
        "minimal set: %d neurons, retrained accuracy %s%s%s%n",
        set.size(), Numbers.plain(set.testAccuracy()), loses, others);
    for (EvaluationViews.Disjoint further : set.disjoint()) {
      out.printf(
          "further disjoint set: %d neurons, retrained accuracy %s%n",
          further.size(), Numbers.plain(further.testAccuracy()));
    }
  }

  private static void masking(RankView.Concept concept, PrintStream out) {
    out.println("accuracy with some neurons kept, not retrained:");
    TextTable table = new TextTable("kept", "neurons", "first", "random", "last");
    for (EvaluationViews.Ablation point : concept.evaluations().ablation()) {
      table.row(
          Numbers.plain(point.kept()),
          point.neurons(),
          Numbers.plain(point.top()),
          Numbers.plain(point.random()),
          Numbers.plain(point.bottom()));
    }
    table.print(out);
  }

  private static void topWords(RankView.Concept concept, PrintStream out) {
    TextTable table = new TextTable("neuron", "fires for");
    concept.evaluations().topWords().stream()
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
}
