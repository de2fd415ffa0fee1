package io.salient.standalone.report.page;

import io.salient.lca.evaluation.Analysis;
import io.salient.ranking.view.ConceptResults;
import io.salient.ranking.view.EvaluationViews.Ablation;
import io.salient.ranking.view.StepView;
import io.salient.standalone.report.figure.Axis;
import io.salient.standalone.report.figure.LineChart;
import io.salient.standalone.report.figure.LineStyle;
import io.salient.standalone.report.figure.Plot;
import io.salient.standalone.report.figure.Series;
import io.salient.standalone.report.markup.Element;
import io.salient.standalone.report.markup.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What is left of a probe when only some neurons are kept. */
final class AblationPart {
  private static final int HEIGHT = 230;

  /** The paper's own share. */
  private static final double SHARE = 0.2;

  private AblationPart() {}

  static List<Element> of(ConceptResults concept, Numbering numbering) {
    List<StepView> measured =
        concept.baselineAndLast().stream()
            .filter(step -> !step.evaluations().ablation().isEmpty())
            .toList();
    if (measured.isEmpty()) {
      return List.of(
          Missing.paragraph("Ablation curves", Missing.reason(concept.last(), Analysis.MASKING)));
    }
    int width = measured.size() == 1 ? Plot.WIDE : Plot.HALF;
    List<Element> drawings = new ArrayList<>();
    measured.forEach(step -> drawings.add(drawing(concept, step, width, measured)));
    return List.of(
        numbering.figure(
            drawings,
            "Accuracy when only some neurons are kept",
            says(concept, measured.getLast())));
  }

  private static Element drawing(
      ConceptResults concept, StepView step, int width, List<StepView> all) {
    List<Ablation> points = step.evaluations().ablation();
    List<Series> series =
        List.of(
            line("most salient", LineStyle.SOLID, points, Ablation::top),
            line("random", LineStyle.DASHED, points, Ablation::random),
            line("least salient", LineStyle.DOTTED, points, Ablation::bottom));
    List<Axis.Tick> ticks =
        points.stream()
            .map(p -> new Axis.Tick(p.kept(), Numbers.fixed(100 * p.kept(), digits(p.kept()))))
            .toList();
    Element svg =
        LineChart.draw(
            new Plot(
                "Ablation at " + concept.nameOf(step),
                width,
                HEIGHT,
                Axis.at("neurons kept (%, logarithmic)", true, ticks),
                Charts.percent("accuracy on test words (%)", heights(all)),
                series,
                List.of(),
                guides(step),
                List.of()));
    return Element.of("div", Element.of("p", concept.nameOf(step)).with("class", "panel"), svg);
  }

  private static int digits(double kept) {
    double percent = 100 * kept;
    return Math.abs(percent - Math.rint(percent)) < 1e-9 ? 0 : 1;
  }

  private static Series line(
      String name, LineStyle style, List<Ablation> points, ToDoubleFunction<Ablation> accuracy) {
    return new Series(
        name,
        style,
        points.stream()
            .map(point -> Series.Point.of(point.kept(), accuracy.applyAsDouble(point)))
            .toList());
  }

  private static List<Plot.Guide> guides(StepView step) {
    List<Plot.Guide> guides = new ArrayList<>();
    Optional.ofNullable(step.probe().accuracy())
        .ifPresent(accuracy -> guides.add(new Plot.Guide("all neurons", accuracy)));
    Optional.ofNullable(step.probe().majority())
        .ifPresent(majority -> guides.add(new Plot.Guide("majority", majority)));
    return guides;
  }

  /** Of all panels, so that they have the same axis. */
  private static List<Double> heights(List<StepView> steps) {
    List<Double> heights = new ArrayList<>(List.of(0.0));
    for (StepView step : steps) {
      heights.add(step.probe().accuracy());
      for (Ablation point : step.evaluations().ablation()) {
        heights.addAll(List.of(point.top(), point.random(), point.bottom()));
      }
    }
    return heights;
  }

  /** The point of the curve that the paper reports. */
  static Optional<Ablation> atTwentyPercent(StepView step) {
    return atTwentyPercent(step.evaluations().ablation());
  }

  static Optional<Ablation> atTwentyPercent(List<Ablation> points) {
    return points.stream().filter(point -> Math.abs(point.kept() - SHARE) < 1e-6).findFirst();
  }

  private static String says(ConceptResults concept, StepView step) {
    String how =
        "The probe is not trained again: the neurons that are not kept are held at their mean."
            + " Random: mean over several draws.";
    return atTwentyPercent(step)
            .map(
                point ->
                    "At "
                        + concept.nameOf(step)
                        + ", with only the 20 % most salient neurons ("
                        + Numbers.whole(point.neurons())
                        + " of "
                        + Numbers.whole(step.width())
                        + ") the probe is right on "
                        + Numbers.percent(point.top())
                        + " of the test words, with as many random ones on "
                        + Numbers.percent(point.random())
                        + ", with the least salient ones on "
                        + Numbers.percent(point.bottom())
                        + "; with all neurons on "
                        + Numbers.percent(step.probe().accuracy())
                        + ". ")
            .orElse("")
        + how;
  }
}
