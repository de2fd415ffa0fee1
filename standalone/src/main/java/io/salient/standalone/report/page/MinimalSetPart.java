package io.salient.standalone.report.page;

import io.salient.lca.evaluation.Analysis;
import io.salient.schemas.avro.DisjointSet;
import io.salient.schemas.avro.MinimalSetReport;
import io.salient.schemas.avro.SetSize;
import io.salient.standalone.report.ConceptResults;
import io.salient.standalone.report.StepResult;
import io.salient.standalone.report.markup.Element;
import io.salient.standalone.report.markup.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The fewest neurons that suffice, and how many others would do as well. */
final class MinimalSetPart {
  private MinimalSetPart() {}

  static List<Element> of(ConceptResults concept, Numbering numbering) {
    HtmlTable table =
        new HtmlTable(
            "#Step",
            "#Neurons",
            "#Share of all",
            "#Accuracy",
            "#All neurons",
            "#As many random",
            "#As many least salient",
            "Further sets without a common neuron");
    List<Element> parts = new ArrayList<>();
    for (StepResult step : concept.steps()) {
      MinimalSetReport set = step.evaluations().getMinimalSet();
      if (set == null) {
        parts.add(
            Missing.paragraph(
                "Minimal set at step " + step.step(),
                Missing.reason(step, Analysis.MINIMAL_SET, Analysis.REDUNDANCY)));
      } else {
        row(table, step, set);
      }
    }
    if (!table.isEmpty()) {
      parts.addFirst(
          numbering.table(table, "Minimal sets: the fewest neurons that suffice", says(concept)));
      sizes(concept, numbering).ifPresent(parts::add);
    }
    return parts;
  }

  /** The grid of the newest step that has one. */
  private static Optional<Element> sizes(ConceptResults concept, Numbering numbering) {
    return concept.steps().reversed().stream()
        .filter(step -> step.evaluations().getMinimalSet() != null)
        .filter(step -> !step.evaluations().getMinimalSet().getGrid().isEmpty())
        .findFirst()
        .map(step -> sizes(step, numbering));
  }

  private static Element sizes(StepResult step, Numbering numbering) {
    HtmlTable table =
        new HtmlTable(
            "#Neurons",
            "#Development accuracy",
            "#Smoothed",
            "#May lose (points)",
            "#Test accuracy");
    for (SetSize size : step.evaluations().getMinimalSet().getGrid()) {
      table.row(
          Numbers.whole(size.getSize()),
          Numbers.percent(size.getDevAccuracy()),
          Numbers.percent(size.getSmoothed()),
          Numbers.points(size.getLossBound()),
          Numbers.percent(size.getTestAccuracy()));
    }
    return numbering.table(
        table,
        "Sizes tried at step " + Numbers.whole(step.step()),
        "Probes trained again on so many first neurons. Accuracy is noisy, so that it is smoothed"
            + " to never fall; may lose: upper limit (95 %) of what the probe on all neurons is"
            + " better by than the smoothed accuracy, its noise taken from how the two differ from"
            + " document to document, or from sentence to sentence where none are marked.");
  }

  private static void row(HtmlTable table, StepResult step, MinimalSetReport set) {
    table.row(
        Numbers.whole(step.step()),
        Numbers.whole(set.getSize()),
        Numbers.percent((double) set.getSize() / step.width()),
        Numbers.percent(set.getTestAccuracy()),
        Numbers.percent(step.report().getAccuracy()),
        Numbers.percent(set.getRandomAccuracy()),
        Numbers.percent(set.getBottomAccuracy()),
        further(set));
  }

  private static String further(MinimalSetReport set) {
    return set.getDisjoint().isEmpty()
        ? "none"
        : set.getDisjoint().stream().map(MinimalSetPart::further).collect(Collectors.joining(", "));
  }

  private static String further(DisjointSet set) {
    return Numbers.whole(set.getSize()) + " (" + Numbers.percent(set.getTestAccuracy()) + ")";
  }

  private static String says(ConceptResults concept) {
    MinimalSetReport set =
        concept.steps().reversed().stream()
            .map(step -> step.evaluations().getMinimalSet())
            .filter(one -> one != null)
            .findFirst()
            .orElseThrow();
    String near =
        set.getRelative()
            ? Numbers.percent(set.getDelta()) + " of the accuracy"
            : Numbers.fixed(100 * set.getDelta(), 1) + " points";
    return "The smallest number of first neurons of the ranking whose probe, trained again on them"
        + " alone, loses no more than "
        + near
        + " against the probe on all neurons on the development words, noise included. Accuracies"
        + " here are on the test words. Sets of as many random or of the least salient neurons,"
        + " trained again as well, show how redundant the model is: where they do nearly as well,"
        + " many neurons carry the same knowledge. Further sets: as many neurons as are needed"
        + " among those that the sets before left, with their accuracy; none where the rest does"
        + " not reach it, or where they were not asked for.";
  }
}
