package io.salient.standalone.report.page;

import io.salient.lca.ranking.RankingMethod;
import io.salient.ranking.view.ConceptResults;
import io.salient.ranking.view.Origin;
import io.salient.ranking.view.ProbeView;
import io.salient.ranking.view.RunResults;
import io.salient.ranking.view.StepView;
import io.salient.standalone.report.markup.Element;
import io.salient.standalone.report.markup.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What all this rests on: texts, models, settings, fits. */
final class OriginPart {
  private OriginPart() {}

  static Element of(RunResults results, Numbering numbering) {
    Element section =
        Element.of("section", Element.of("h2", "Method, settings and provenance"))
            .with("id", "origin");
    section.add(
        Element.of(
            "p",
            "Linguistic Correlation Analysis (Durrani, Dalvi, Sajjad: Discovering Salient Neurons"
                + " in Deep NLP Models, JMLR 24, 2023; arXiv 2206.13288). A probe with an"
                + " elastic-net penalty is fitted on the activations of the train words, scaled by"
                + " their own mean and deviation. "
                + split(results)
                + " "
                + rule(results.concepts().getFirst().last())
                + " The control tasks follow Hewitt and"
                + " Liang (2019), rank-biased overlap Webber, Moffat and Zobel (2010)."));
    section.add(facts(results.concepts().getFirst().last(), numbering));
    section.add(checkpoints(results, numbering));
    List<Element> notes = notes(results);
    if (!notes.isEmpty()) {
      section.add(Element.of("h3", "Notes of the probes"), Element.of("ul", notes));
    }
    return section;
  }

  private static String rule(StepView step) {
    return switch (RankingMethod.of(step.probe().method())) {
      case LCA ->
          "Neurons are ranked by the share of a label's weight mass that stands before them, over"
              + " all labels.";
      case CONTRIBUTION ->
          "Neurons are ranked by what they add, on average, to the logits of labels on their own"
              + " words above all others, frequent labels counting more; the paper's rule, which"
              + " goes by weights alone, is the method lca.";
      default -> "Neurons are ranked by " + step.probe().method() + ".";
    };
  }

  private static String split(RunResults results) {
    Origin origin = results.concepts().getFirst().last().provenance();
    return switch (origin.settings().getOrDefault("split", "")) {
      case "file" -> "Train, development and test are three files, as the corpus brings them.";
      case "document" ->
          "Documents are split 70/10/20 into train, development and test; a sentence that stands in"
              + " several goes with its copies.";
      case "sentence" ->
          "Sentences are split 70/10/20 into train, development and test, those with the same words"
              + " together.";
      default -> "Sentences are split 70/10/20 into train, development and test.";
    };
  }

  private static Element facts(StepView step, Numbering numbering) {
    Origin origin = step.provenance();
    HtmlTable table = new HtmlTable("What", "Value");
    table.row("Salient", "version " + origin.version());
    table.row(
        "model",
        origin.modelType()
            + ", "
            + step.layers()
            + " layers (embeddings"
            + " included) of "
            + step.hidden()
            + " units, "
            + Numbers.whole(step.width())
            + " neurons");
    new TreeMap<>(origin.weights())
        .forEach((name, value) -> table.row("weights: " + name, Element.of("bdi", value)));
    table.row("corpus", Element.of("bdi", origin.corpus()));
    table.row("hash of the corpus", origin.corpusHash());
    table.row(
        "words",
        Numbers.whole(step.words().train())
            + " train, "
            + Numbers.whole(step.words().dev())
            + " development, "
            + Numbers.whole(step.words().test())
            + " test; left out: "
            + Numbers.whole(step.words().truncated())
            + " beyond the position limit, "
            + Numbers.whole(step.words().dropped())
            + " without a subword");
    table.row(
        "hash of the subwords", origin.tokenizer().isEmpty() ? Numbers.NONE : origin.tokenizer());
    table.row("subwords of a word", origin.aggregation());
    table.row("seed of the batch order", Long.toString(origin.seed()));
    table.row("labels counted from", step.minLabelCount() + " train words on");
    new TreeMap<>(origin.settings()).forEach(table::row);
    return numbering.table(
        table, "Settings", "As recorded with the last checkpoint of the first concept.");
  }

  private static Element checkpoints(RunResults results, Numbering numbering) {
    HtmlTable table =
        new HtmlTable(
            "#Step",
            "Concept",
            "Checkpoint (SHA-256)",
            "Fit",
            "#Seconds",
            "Seconds of evaluations");
    for (ConceptResults concept : results.concepts()) {
      for (StepView step : concept.steps()) {
        ProbeView.Certificate certificate = step.probe().certificate();
        table.row(
            Numbers.whole(step.step()),
            concept.concept(),
            shortened(step.checkpointId()),
            (certificate.converged() ? "converged" : "not converged")
                + ", "
                + Numbers.whole(certificate.evaluations())
                + " evaluations, "
                + certificate.inWords(),
            Numbers.fixed(step.fitSeconds(), 1),
            costs(step));
      }
    }
    return numbering.table(
        table,
        "Fits",
        "A fit has converged when its relative proximal-gradient step is below the tolerance; one"
            + " that ended before is near its optimum, not at it. Concepts of a checkpoint are"
            + " fitted together, so their seconds are the same ones.");
  }

  private static String shortened(String id) {
    return id.length() > 12 ? id.substring(0, 12) + "…" : id;
  }

  private static String costs(StepView step) {
    Map<String, Double> seconds = new TreeMap<>(step.evaluations().evaluationSeconds());
    return seconds.isEmpty()
        ? Numbers.NONE
        : seconds.entrySet().stream()
            .map(cost -> cost.getKey() + " " + Numbers.fixed(cost.getValue(), 1))
            .collect(Collectors.joining(", "));
  }

  /** Every note once, with the steps that have it. */
  private static List<Element> notes(RunResults results) {
    List<Element> notes = new ArrayList<>();
    for (ConceptResults concept : results.concepts()) {
      Map<String, List<String>> steps = new LinkedHashMap<>();
      for (StepView step : concept.steps()) {
        for (String note : step.ranking().notes()) {
          steps.computeIfAbsent(note, text -> new ArrayList<>()).add(Numbers.whole(step.step()));
        }
      }
      steps.forEach(
          (note, where) ->
              notes.add(
                  Element.of(
                      "li",
                      Element.of("b", concept.concept()),
                      (where.size() == 1 ? ", step " : ", steps ")
                          + String.join(", ", where)
                          + ": "
                          + note)));
    }
    return notes;
  }
}
