package io.salient.standalone.report.page;

import io.salient.lca.ranking.RankingMethod;
import io.salient.schemas.avro.EvaluationCost;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.Provenance;
import io.salient.standalone.report.ConceptResults;
import io.salient.standalone.report.RunResults;
import io.salient.standalone.report.StepResult;
import io.salient.standalone.report.markup.Element;
import io.salient.standalone.report.markup.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

  private static String rule(StepResult step) {
    return switch (RankingMethod.of(step.report().getMethod())) {
      case LCA ->
          "Neurons are ranked by the share of a label's weight mass that stands before them, over"
              + " all labels.";
      case CONTRIBUTION ->
          "Neurons are ranked by what they add, on average, to the logits of labels on their own"
              + " words above all others, frequent labels counting more; the paper's rule, which"
              + " goes by weights alone, is the method lca.";
      default -> "Neurons are ranked by " + step.report().getMethod() + ".";
    };
  }

  private static String split(RunResults results) {
    Provenance origin = results.concepts().getFirst().last().report().getProvenance();
    return switch (origin.getSettings().getOrDefault("split", "")) {
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

  private static Element facts(StepResult step, Numbering numbering) {
    ProbeReport report = step.report();
    Provenance origin = report.getProvenance();
    HtmlTable table = new HtmlTable("What", "Value");
    table.row("Salient", "version " + origin.getVersion());
    table.row(
        "model",
        origin.getModelType()
            + ", "
            + report.getLayers()
            + " layers (embeddings"
            + " included) of "
            + report.getHiddenSize()
            + " units, "
            + Numbers.whole(step.width())
            + " neurons");
    new TreeMap<>(origin.getWeights())
        .forEach((name, value) -> table.row("weights: " + name, Element.of("bdi", value)));
    table.row("corpus", Element.of("bdi", origin.getCorpus()));
    table.row("hash of the corpus", origin.getCorpusHash());
    table.row(
        "words",
        Numbers.whole(report.getTrainWords())
            + " train, "
            + Numbers.whole(report.getDevWords())
            + " development, "
            + Numbers.whole(report.getTestWords())
            + " test; left out: "
            + Numbers.whole(report.getTruncatedWords())
            + " beyond the position limit, "
            + Numbers.whole(report.getDroppedWords())
            + " without a subword");
    table.row(
        "hash of the subwords",
        origin.getTokenizer().isEmpty() ? Numbers.NONE : origin.getTokenizer());
    table.row("subwords of a word", origin.getAggregation().name().toLowerCase(Locale.ROOT));
    table.row("seed of the batch order", Long.toString(origin.getSeed()));
    table.row("labels counted from", report.getMinLabelCount() + " train words on");
    new TreeMap<>(origin.getSettings()).forEach(table::row);
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
      for (StepResult step : concept.steps()) {
        ProbeReport report = step.report();
        String certificate =
            (report.getCertificate().getConverged() ? "converged" : "not converged")
                + ", "
                + Numbers.whole(report.getCertificate().getEvaluations())
                + " evaluations, "
                + (report.getCertificate().getGap() == null
                    ? "relative step "
                        + String.format(
                            Locale.ROOT, "%.1e", report.getCertificate().getRelativeStep())
                    : "at most "
                        + String.format(Locale.ROOT, "%.1e", report.getCertificate().getGap())
                        + " above the optimum");
        table.row(
            Numbers.whole(step.step()),
            concept.concept(),
            shortened(report.getCheckpointId()),
            certificate,
            Numbers.fixed(report.getFitSeconds(), 1),
            costs(report));
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

  private static String costs(ProbeReport report) {
    return report.getEvaluationCosts().isEmpty()
        ? Numbers.NONE
        : report.getEvaluationCosts().stream()
            .collect(
                Collectors.toMap(
                    EvaluationCost::getName, EvaluationCost::getSeconds, (a, b) -> b, TreeMap::new))
            .entrySet()
            .stream()
            .map(OriginPart::cost)
            .collect(Collectors.joining(", "));
  }

  private static String cost(Map.Entry<String, Double> cost) {
    return cost.getKey() + " " + Numbers.fixed(cost.getValue(), 1);
  }

  /** Every note once, with the steps that have it. */
  private static List<Element> notes(RunResults results) {
    List<Element> notes = new ArrayList<>();
    for (ConceptResults concept : results.concepts()) {
      Map<String, List<String>> steps = new LinkedHashMap<>();
      for (StepResult step : concept.steps()) {
        for (String note : step.report().getNotes()) {
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
