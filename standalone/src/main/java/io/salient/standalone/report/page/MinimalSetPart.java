package io.salient.standalone.report.page;

import io.salient.lca.evaluation.Analysis;
import io.salient.ranking.view.ConceptResults;
import io.salient.ranking.view.EvaluationViews.Disjoint;
import io.salient.ranking.view.EvaluationViews.MinimalSet;
import io.salient.ranking.view.EvaluationViews.TriedSize;
import io.salient.ranking.view.StepView;
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
    for (StepView step : concept.steps()) {
      MinimalSet set = step.evaluations().minimalSet();
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
        .filter(step -> step.evaluations().minimalSet() != null)
        .filter(step -> !step.evaluations().minimalSet().grid().isEmpty())
        .findFirst()
        .map(step -> sizes(step, numbering));
  }

  private static Element sizes(StepView step, Numbering numbering) {
    HtmlTable table =
        new HtmlTable(
            "#Neurons",
            "#Development accuracy",
            "#Smoothed",
            "#May lose (points)",
            "#Test accuracy");
    for (TriedSize size : step.evaluations().minimalSet().grid()) {
      table.row(
          Numbers.whole(size.size()),
          Numbers.percent(size.devAccuracy()),
          Numbers.percent(size.smoothed()),
          Numbers.points(size.lossBound()),
          Numbers.percent(size.testAccuracy()));
    }
    return numbering.table(
        table,
        "Sizes tried at step " + Numbers.whole(step.step()),
        "Probes trained again on so many first neurons. Accuracy is noisy, so that it is smoothed"
            + " to never fall; may lose: upper limit (95 %) of what the probe on all neurons is"
            + " better by than the smoothed accuracy, its noise taken from how the two differ from"
            + " document to document, or from sentence to sentence where none are marked.");
  }

  private static void row(HtmlTable table, StepView step, MinimalSet set) {
    table.row(
        Numbers.whole(step.step()),
        Numbers.whole(set.size()),
        Numbers.percent((double) set.size() / step.width()),
        Numbers.percent(set.testAccuracy()),
        Numbers.percent(step.probe().accuracy()),
        Numbers.percent(set.randomAccuracy()),
        Numbers.percent(set.bottomAccuracy()),
        further(set));
  }

  private static String further(MinimalSet set) {
    return set.disjoint().isEmpty()
        ? "none"
        : set.disjoint().stream().map(MinimalSetPart::further).collect(Collectors.joining(", "));
  }

  private static String further(Disjoint set) {
    return Numbers.whole(set.size()) + " (" + Numbers.percent(set.testAccuracy()) + ")";
  }

  private static String says(ConceptResults concept) {
    MinimalSet set =
        concept.steps().reversed().stream()
            .map(step -> step.evaluations().minimalSet())
            .filter(one -> one != null)
            .findFirst()
            .orElseThrow();
    String near =
        set.relative()
            ? Numbers.percent(set.delta()) + " of the accuracy"
            : Numbers.fixed(100 * set.delta(), 1) + " points";
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
