package io.salient.standalone.report.page;

import io.salient.ranking.view.ConceptResults;
import io.salient.ranking.view.NeuronViews.OfLabel;
import io.salient.ranking.view.StepView;
import io.salient.ranking.view.StepView.Label;
import io.salient.standalone.report.figure.Bars;
import io.salient.standalone.report.figure.Fill;
import io.salient.standalone.report.figure.Plot;
import io.salient.standalone.report.figure.RowChart;
import io.salient.standalone.report.markup.Element;
import io.salient.standalone.report.markup.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How many neurons each label takes, how well it is known, and which neurons labels share. */
final class LabelsPart {
  private static final int MOST = 30;
  private static final int STRONGEST = 4;

  private LabelsPart() {}

  static List<Element> of(ConceptResults concept, Numbering numbering) {
    List<Label> counted =
        concept.last().labels().stream()
            .filter(l -> l.train() >= concept.last().minLabelCount())
            .sorted(Comparator.comparingInt(Label::train).reversed())
            .toList();
    if (counted.isEmpty()) {
      return List.of(
          Missing.paragraph(
              "Neurons per label", "no label has as many train words as a ranking needs."));
    }
    List<String> names = counted.stream().limit(MOST).map(Label::label).toList();
    return List.of(
        figure(concept, names, counted.size(), numbering), table(concept, names, numbering));
  }

  private static Element figure(
      ConceptResults concept, List<String> names, int labels, Numbering numbering) {
    List<Bars> bars = new ArrayList<>();
    for (StepView step : concept.baselineAndLast()) {
      Fill fill = bars.isEmpty() && concept.isCompared() ? Fill.HATCHED : Fill.SOLID;
      Map<String, OfLabel> byLabel = neurons(step);
      List<Double> sizes = new ArrayList<>();
      for (String name : names) {
        OfLabel of = byLabel.get(name);
        sizes.add(of == null ? null : (double) of.massSetSize());
      }
      bars.add(new Bars(concept.nameOf(step), fill, sizes));
    }
    Element drawing =
        RowChart.draw(
            "Neurons per label",
            Plot.WIDE,
            "neurons that hold half of the label's weight mass",
            names,
            bars);
    return numbering.figure(List.of(drawing), "Neurons per label", says(concept, names, labels));
  }

  private static String says(ConceptResults concept, List<String> names, int labels) {
    StepView last = concept.last();
    int shared = last.neurons().polysemousCount();
    return "The fewest neurons that together hold half of the weight that the probe gives for a"
        + " label: few mean that the label is localised, many that it is spread. Most frequent"
        + " label first"
        + (names.size() < labels ? "; the first " + names.size() + " of " + labels : "")
        + ". At step "
        + Numbers.whole(last.step())
        + ", "
        + Numbers.whole(shared)
        + (shared == 1 ? " neuron is" : " neurons are")
        + " among those of two labels or more (polysemous).";
  }

  private static Element table(ConceptResults concept, List<String> names, Numbering numbering) {
    HtmlTable table =
        new HtmlTable(
            "Label",
            "#Train words",
            "#Test words",
            "#F1 at the baseline",
            "#F1 at the last step",
            "Strongest neurons (layer:unit)");
    Map<String, Label> before = reports(concept.baseline());
    Map<String, Label> after = reports(concept.last());
    Map<String, OfLabel> neurons = neurons(concept.last());
    for (String name : names) {
      Label was = before.get(name);
      Label is = after.get(name);
      table.row(
          Element.of("bdi", name),
          Numbers.whole(is.train()),
          Numbers.whole(is.test()),
          was == null ? Numbers.NONE : Numbers.fixed(was.f1(), 3),
          Numbers.fixed(is.f1(), 3),
          strongest(neurons.get(name)));
    }
    return numbering.table(
        table,
        "Labels of " + concept.concept(),
        "F1 on the test words: 1 is perfect; the sign is that of the weight: with + the neuron"
            + " speaks for the label, with − against it.");
  }

  private static String strongest(OfLabel label) {
    return label == null
        ? Numbers.NONE
        : label.neurons().stream()
            .limit(STRONGEST)
            .map(n -> n.layer() + ":" + n.unit() + (n.weight() < 0 ? "\u00a0−" : "\u00a0+"))
            .collect(Collectors.joining(", "));
  }

  private static Map<String, OfLabel> neurons(StepView step) {
    return step.neurons().perLabel().stream()
        .collect(Collectors.toMap(OfLabel::label, Function.identity()));
  }

  private static Map<String, Label> reports(StepView step) {
    return step.labels().stream().collect(Collectors.toMap(Label::label, Function.identity()));
  }
}
