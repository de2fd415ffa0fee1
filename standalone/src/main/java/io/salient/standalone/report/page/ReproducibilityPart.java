package io.salient.standalone.report.page;

import io.salient.ranking.view.ConceptResults;
import io.salient.ranking.view.StepView;
import io.salient.standalone.report.markup.Element;
import io.salient.standalone.report.markup.Numbers;
import java.util.List;

/** By what rule neurons are ranked, and how far another half of the corpus finds the same ones. */
final class ReproducibilityPart {
  private ReproducibilityPart() {}

  static List<Element> of(ConceptResults concept) {
    return List.of(Element.of("p", says(concept.last())));
  }

  private static String says(StepView step) {
    String by = "Neurons are ranked by " + step.probe().method() + ". ";
    Double found = step.neurons().reproducibility();
    if (found != null) {
      return by
          + "Another half of the corpus finds "
          + Numbers.fixed(found, 2)
          + " of the list of step "
          + Numbers.whole(step.step())
          + ": 1 would be the same list, 0 one without a neuron in common.";
    }
    String reason = step.neurons().reproducibilityReason();
    return by
        + "How much of the list of step "
        + Numbers.whole(step.step())
        + " another half of the corpus finds is not known"
        + (reason == null ? "." : ": " + reason + ".");
  }
}
