package io.salient.standalone.command;

import io.salient.ranking.view.AgreementView;
import io.salient.ranking.view.ClustersView.Place;
import io.salient.ranking.view.NeuronViews;
import io.salient.ranking.view.RankView;
import io.salient.ranking.view.SelectionView;
import io.salient.standalone.report.markup.Numbers;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** Prints agreement of methods and chosen neurons; nothing where there are none. */
final class MethodOutput {
  private static final int NEURONS = 10;

  private MethodOutput() {}

  static void print(RankView.Concept concept, PrintStream out) {
    if (concept.evaluations().agreement() != null) {
      print(concept.evaluations().agreement(), out);
    }
    if (concept.evaluations().selection() != null) {
      print(concept.evaluations().selection(), out);
    }
  }

  private static void print(AgreementView agreement, PrintStream out) {
    out.printf("average overlap of the first %d neurons:%n", agreement.depth());
    TextTable overlaps = new TextTable("method", "method", "overlap");
    for (AgreementView.Overlap two : agreement.overlaps()) {
      overlaps.row(two.first(), two.second(), Numbers.plain(two.averageOverlap()));
    }
    overlaps.print(out);
    TextTable rankings = new TextTable("method", "first neurons (layer:unit)");
    agreement.methods().forEach(one -> rankings.row(one.method(), ranked(one.ranking())));
    rankings.row("vote of all (Borda)", ranked(agreement.borda()));
    rankings.print(out);
  }

  private static void print(SelectionView selection, PrintStream out) {
    out.printf(
        "%s chooses %d neurons: %s%n",
        selection.selector(), selection.size(), places(selection.neurons(), selection.size()));
    if (selection.perLabel().isEmpty()) {
      return;
    }
    TextTable labels = new TextTable("label", "chosen", "first of them (layer:unit)");
    selection
        .perLabel()
        .forEach(
            label ->
                labels.row(label.label(), label.size(), places(label.neurons(), label.size())));
    labels.print(out);
  }

  private static String ranked(List<NeuronViews.Ranked> ranking) {
    return ranking.stream()
        .limit(NEURONS)
        .map(neuron -> neuron.layer() + ":" + neuron.unit())
        .collect(Collectors.joining(" "));
  }

  private static String places(List<Place> neurons, int size) {
    String first =
        neurons.stream()
            .limit(NEURONS)
            .map(neuron -> neuron.layer() + ":" + neuron.unit())
            .collect(Collectors.joining(" "));
    return size > NEURONS ? first + " ..." : first;
  }
}
