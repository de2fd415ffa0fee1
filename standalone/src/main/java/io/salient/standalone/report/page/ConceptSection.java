package io.salient.standalone.report.page;

import io.salient.ranking.view.ConceptResults;
import io.salient.standalone.report.markup.Element;
import java.util.List;
import java.util.Optional;

/** All that is known of one concept. */
final class ConceptSection {
  private ConceptSection() {}

  static Element of(
      ConceptResults concept, Optional<ConceptResults> byPaper, String id, Numbering numbering) {
    Element section =
        Element.of("section", Element.of("h2", ConceptName.of(concept.concept()))).with("id", id);
    if (concept.steps().stream().anyMatch(step -> !step.probe().isFinal())) {
      section.add(
          Element.of(
                  "p",
                  Element.of("b", "Partial. "),
                  "Some steps are provisional: their probes were fitted while words of the"
                      + " checkpoint were still to come, and every number of theirs may change.")
              .with("class", "partial"));
    }
    add(section, "How well is it encoded?", AccuracyPart.of(concept, numbering));
    add(section, "Would another half of the corpus find them?", ReproducibilityPart.of(concept));
    add(section, "Do the salient neurons matter?", AblationPart.of(concept, numbering));
    add(section, "How few neurons suffice?", MinimalSetPart.of(concept, numbering));
    add(section, "Where is it encoded?", LayersPart.of(concept, numbering));
    add(section, "Which label takes how many neurons?", LabelsPart.of(concept, numbering));
    add(section, "What do the neurons fire for?", WordsPart.of(concept, numbering));
    add(section, "Did it move?", DriftPart.of(concept, numbering));
    add(section, "And the paper?", List.of(Findings.of(concept, byPaper, numbering)));
    return section;
  }

  private static void add(Element section, String question, List<Element> parts) {
    section.add(Element.of("h3", question), parts);
  }
}
