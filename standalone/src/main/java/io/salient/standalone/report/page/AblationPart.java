package io.salient.standalone.report.page;

import io.salient.lca.evaluation.Analysis;
import io.salient.schemas.avro.AblationPoint;
import io.salient.standalone.report.ConceptResults;
import io.salient.standalone.report.StepResult;
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
    List<StepResult> measured =
        concept.baselineAndLast().stream()
            .filter(step -> !step.evaluations().getAblation().isEmpty())
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
      ConceptResults concept, StepResult step, int width, List<StepResult> all) {
    List<AblationPoint> points = step.evaluations().getAblation();
    List<Series> series =
        List.of(
            line("most salient", LineStyle.SOLID, points, AblationPoint::getTop),
            line("random", LineStyle.DASHED, points, AblationPoint::getRandom),
            line("least salient", LineStyle.DOTTED, points, AblationPoint::getBottom));
    List<Axis.Tick> ticks =
        points.stream()
            .map(
                p ->
                    new Axis.Tick(
                        p.getKept(), Numbers.fixed(100 * p.getKept(), digits(p.getKept()))))
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
      String name,
      LineStyle style,
      List<AblationPoint> points,
      ToDoubleFunction<AblationPoint> accuracy) {
    return new Series(
        name,
        style,
        points.stream()
            .map(point -> Series.Point.of(point.getKept(), accuracy.applyAsDouble(point)))
            .toList());
  }

  private static List<Plot.Guide> guides(StepResult step) {
    List<Plot.Guide> guides = new ArrayList<>();
    Optional.ofNullable(step.report().getAccuracy())
        .ifPresent(accuracy -> guides.add(new Plot.Guide("all neurons", accuracy)));
    Optional.ofNullable(step.report().getMajority())
        .ifPresent(majority -> guides.add(new Plot.Guide("majority", majority)));
    return guides;
  }

  /** Of all panels, so that they have the same axis. */
  private static List<Double> heights(List<StepResult> steps) {
    List<Double> heights = new ArrayList<>(List.of(0.0));
    for (StepResult step : steps) {
      heights.add(step.report().getAccuracy());
      for (AblationPoint point : step.evaluations().getAblation()) {
        heights.addAll(List.of(point.getTop(), point.getRandom(), point.getBottom()));
      }
    }
    return heights;
  }

  /** The point of the curve that the paper reports. */
  static Optional<AblationPoint> atTwentyPercent(StepResult step) {
    return atTwentyPercent(step.evaluations().getAblation());
  }

  static Optional<AblationPoint> atTwentyPercent(List<AblationPoint> points) {
    return points.stream().filter(point -> Math.abs(point.getKept() - SHARE) < 1e-6).findFirst();
  }

  private static String says(ConceptResults concept, StepResult step) {
    String how =
        "The probe is not trained again: the neurons that are not kept are held at their mean."
            + " Random: mean over several draws.";
    return atTwentyPercent(step)
            .map(
                point ->
                    "At "
                        + concept.nameOf(step)
                        + ", with only the 20 % most salient neurons ("
                        + Numbers.whole(point.getNeurons())
                        + " of "
                        + Numbers.whole(step.width())
                        + ") the probe is right on "
                        + Numbers.percent(point.getTop())
                        + " of the test words, with as many random ones on "
                        + Numbers.percent(point.getRandom())
                        + ", with the least salient ones on "
                        + Numbers.percent(point.getBottom())
                        + "; with all neurons on "
                        + Numbers.percent(step.report().getAccuracy())
                        + ". ")
            .orElse("")
        + how;
  }
}
