package io.salient.standalone.report.page;

import io.salient.schemas.avro.LabelNeurons;
import io.salient.schemas.avro.LabelReport;
import io.salient.standalone.report.ConceptResults;
import io.salient.standalone.report.StepResult;
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
    List<LabelReport> counted =
        concept.last().report().getLabels().stream()
            .filter(l -> l.getTrainCount() >= concept.last().report().getMinLabelCount())
            .sorted(Comparator.comparingInt(LabelReport::getTrainCount).reversed())
            .toList();
    if (counted.isEmpty()) {
      return List.of(
          Missing.paragraph(
              "Neurons per label", "no label has as many train words as a ranking needs."));
    }
    List<String> names = counted.stream().limit(MOST).map(LabelReport::getLabel).toList();
    return List.of(
        figure(concept, names, counted.size(), numbering), table(concept, names, numbering));
  }

  private static Element figure(
      ConceptResults concept, List<String> names, int labels, Numbering numbering) {
    List<Bars> bars = new ArrayList<>();
    for (StepResult step : concept.baselineAndLast()) {
      Fill fill = bars.isEmpty() && concept.isCompared() ? Fill.HATCHED : Fill.SOLID;
      Map<String, LabelNeurons> byLabel = neurons(step);
      List<Double> sizes = new ArrayList<>();
      for (String name : names) {
        LabelNeurons of = byLabel.get(name);
        sizes.add(of == null ? null : (double) of.getMassSetSize());
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
    StepResult last = concept.last();
    int shared = last.neurons().getPolysemousCount();
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
    Map<String, LabelReport> before = reports(concept.baseline());
    Map<String, LabelReport> after = reports(concept.last());
    Map<String, LabelNeurons> neurons = neurons(concept.last());
    for (String name : names) {
      LabelReport was = before.get(name);
      LabelReport is = after.get(name);
      table.row(
          Element.of("bdi", name),
          Numbers.whole(is.getTrainCount()),
          Numbers.whole(is.getTestCount()),
          was == null ? Numbers.NONE : Numbers.fixed(was.getF1(), 3),
          Numbers.fixed(is.getF1(), 3),
          strongest(neurons.get(name)));
    }
    return numbering.table(
        table,
        "Labels of " + concept.concept(),
        "F1 on the test words: 1 is perfect; the sign is that of the weight: with + the neuron"
            + " speaks for the label, with − against it.");
  }

  private static String strongest(LabelNeurons label) {
    return label == null
        ? Numbers.NONE
        : label.getNeurons().stream()
            .limit(STRONGEST)
            .map(
                n -> n.getLayer() + ":" + n.getUnit() + (n.getWeight() < 0 ? "\u00a0−" : "\u00a0+"))
            .collect(Collectors.joining(", "));
  }

  private static Map<String, LabelNeurons> neurons(StepResult step) {
    return step.neurons().getPerLabel().stream()
        .collect(Collectors.toMap(LabelNeurons::getLabel, Function.identity()));
  }

  private static Map<String, LabelReport> reports(StepResult step) {
    return step.report().getLabels().stream()
        .collect(Collectors.toMap(LabelReport::getLabel, Function.identity()));
  }
}
