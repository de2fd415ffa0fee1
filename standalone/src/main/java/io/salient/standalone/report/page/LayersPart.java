package io.salient.standalone.report.page;

import io.salient.lca.evaluation.Analysis;
import io.salient.ranking.view.ConceptResults;
import io.salient.ranking.view.EvaluationViews.Layer;
import io.salient.ranking.view.StepView;
import io.salient.standalone.report.figure.Axis;
import io.salient.standalone.report.figure.BarChart;
import io.salient.standalone.report.figure.Bars;
import io.salient.standalone.report.figure.Fill;
import io.salient.standalone.report.figure.LineChart;
import io.salient.standalone.report.figure.LineStyle;
import io.salient.standalone.report.figure.Plot;
import io.salient.standalone.report.figure.Series;
import io.salient.standalone.report.markup.Element;
import io.salient.standalone.report.markup.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** In which layers a concept lies, at the baseline and at the end. */
final class LayersPart {
  private static final int HEIGHT = 200;

  private LayersPart() {}

  static List<Element> of(ConceptResults concept, Numbering numbering) {
    List<Element> parts = new ArrayList<>();
    parts.add(histogram(concept, numbering));
    boolean probed =
        concept.baselineAndLast().stream()
            .flatMap(step -> step.evaluations().layerwise().stream())
            .anyMatch(layer -> Numbers.isKnown(layer.accuracy()));
    parts.add(
        probed
            ? layerwise(concept, numbering)
            : Missing.paragraph(
                "Probes of single layers", Missing.reason(concept.last(), Analysis.LAYERWISE)));
    return parts;
  }

  private static Element histogram(ConceptResults concept, Numbering numbering) {
    List<Bars> bars = new ArrayList<>();
    for (StepView step : concept.baselineAndLast()) {
      Fill fill = bars.isEmpty() && concept.isCompared() ? Fill.HATCHED : Fill.SOLID;
      List<Double> counts =
          step.neurons().layerHistogram().stream().map(Integer::doubleValue).toList();
      bars.add(new Bars(concept.nameOf(step), fill, counts));
    }
    Element drawing =
        BarChart.draw(
            "Layers of the most salient neurons",
            Plot.WIDE,
            HEIGHT,
            "layer (0 is the output of the embeddings)",
            "neurons",
            layers(concept).stream().map(String::valueOf).toList(),
            bars);
    return numbering.figure(
        List.of(drawing),
        "In which layers the "
            + concept.last().neurons().histogramSize()
            + " most salient neurons lie",
        saysHistogram(concept));
  }

  /** By the model's own numbers; of the two, which may be different models, the most. */
  private static List<Integer> layers(ConceptResults concept) {
    return concept.baselineAndLast().stream()
        .map(step -> step.layerNumbers())
        .max(Comparator.comparingInt(List::size))
        .orElseThrow();
  }

  private static String saysHistogram(ConceptResults concept) {
    double last = concept.last().neurons().meanLayer();
    if (!concept.isCompared()) {
      return "Their mean layer is " + Numbers.fixed(last, 2) + ".";
    }
    double first = concept.baseline().neurons().meanLayer();
    String shift = Numbers.signed(last - first, 2);
    return "Their mean layer is "
        + Numbers.fixed(first, 2)
        + " at the baseline and "
        + Numbers.fixed(last, 2)
        + " at step "
        + Numbers.whole(concept.last().step())
        + " ("
        + (Double.isNaN(last - first) ? Numbers.NONE : shift)
        + " layers; a negative number is a move towards the embeddings). Whether that is more than"
        + " chance is told under drift.";
  }

  private static Element layerwise(ConceptResults concept, Numbering numbering) {
    List<Series> series = new ArrayList<>();
    for (StepView step : concept.baselineAndLast().reversed()) {
      LineStyle style = series.isEmpty() ? LineStyle.SOLID : LineStyle.DASHED;
      List<Series.Point> points =
          step.evaluations().layerwise().stream()
              .map(layer -> Series.Point.of(layer.layer(), layer.accuracy()))
              .toList();
      series.add(new Series("step " + Numbers.whole(step.step()), style, points));
    }
    List<Axis.Tick> ticks =
        layers(concept).stream()
            .map(layer -> new Axis.Tick(layer, Integer.toString(layer)))
            .toList();
    Element drawing =
        LineChart.draw(
            new Plot(
                "Accuracy of probes that see one layer",
                Plot.WIDE,
                HEIGHT,
                Axis.at("layer (0 is the output of the embeddings)", false, ticks),
                Charts.percent("accuracy on test words (%)", Charts.values(series)),
                series,
                List.of(),
                List.of(),
                List.of()));
    return numbering.figure(
        List.of(drawing), "Accuracy of probes that see one layer only", saysLayerwise(concept));
  }

  private static String saysLayerwise(ConceptResults concept) {
    StepView last = concept.last();
    List<Layer> known =
        last.evaluations().layerwise().stream()
            .filter(layer -> Numbers.isKnown(layer.accuracy()))
            .toList();
    if (known.isEmpty()) {
      return "At step " + last.step() + " there is none.";
    }
    Layer best = known.getFirst();
    for (Layer layer : known) {
      best = layer.accuracy() > best.accuracy() ? layer : best;
    }
    return "At step "
        + Numbers.whole(last.step())
        + " layer "
        + best.layer()
        + " alone says most, "
        + Numbers.percent(best.accuracy())
        + "; all layers together reach "
        + Numbers.percent(last.probe().accuracy())
        + ".";
  }
}
