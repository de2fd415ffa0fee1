package io.salient.standalone.report.page;

import io.salient.lca.evaluation.Analysis;
import io.salient.ranking.view.ConceptResults;
import io.salient.ranking.view.EvaluationViews.Sentence;
import io.salient.ranking.view.EvaluationViews.TopWords;
import io.salient.ranking.view.EvaluationViews.Word;
import io.salient.ranking.view.StepView;
import io.salient.standalone.report.figure.ShadedWords;
import io.salient.standalone.report.markup.Element;
import io.salient.standalone.report.markup.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What the first neurons of a ranking fire for, as the paper's figures 3 to 5 show it. */
final class WordsPart {
  private static final int NEURONS = 5;

  private WordsPart() {}

  static List<Element> of(ConceptResults concept, Numbering numbering) {
    List<Element> parts = new ArrayList<>();
    for (StepView step : concept.baselineAndLast().reversed()) {
      List<TopWords> neurons = step.evaluations().topWords();
      if (neurons.isEmpty()) {
        parts.add(
            Missing.paragraph(
                "Top words at step " + step.step(), Missing.reason(step, Analysis.TOP_WORDS)));
      } else {
        Element figure = figure(concept, step, neurons, numbering);
        parts.add(concept.isLast(step) ? figure : folded(concept.nameOf(step), figure));
      }
    }
    return parts;
  }

  private static Element folded(String name, Element figure) {
    return Element.of("details", Element.of("summary", "The same at " + name), figure);
  }

  private static Element figure(
      ConceptResults concept, StepView step, List<TopWords> neurons, Numbering numbering) {
    ShadedWords shades = new ShadedWords(most(neurons));
    List<Element> shown = new ArrayList<>();
    int rank = 1;
    for (TopWords neuron : neurons.subList(0, Math.min(NEURONS, neurons.size()))) {
      shown.add(neuron(neuron, rank++, shades));
    }
    shown.add(shades.scale());
    return numbering.figure(
        List.of(Element.of("div", shown).with("class", "words")),
        "What the most salient neurons fire for at " + concept.nameOf(step),
        "For each of the first "
            + Math.min(NEURONS, neurons.size())
            + " neurons of the ranking: the word types of the highest mean activation among those"
            + " that occur three times or more, with that mean in standard deviations (sd) above"
            + " the neuron's own mean; and the sentences in which it fires most, each word on a"
            + " background that is the darker the more it fires.");
  }

  /** The strongest activation that is drawn, at least one deviation. */
  private static double most(List<TopWords> neurons) {
    return neurons.stream()
        .limit(NEURONS)
        .flatMap(neuron -> neuron.sentences().stream())
        .flatMap(sentence -> sentence.activations().stream())
        .filter(Objects::nonNull)
        .mapToDouble(Float::doubleValue)
        .filter(Double::isFinite)
        .max()
        .stream()
        .map(most -> Math.max(1, Math.ceil(2 * most) / 2))
        .findFirst()
        .orElse(1);
  }

  private static Element neuron(TopWords neuron, int rank, ShadedWords shades) {
    String name = "Rank " + rank + ": layer " + neuron.layer() + ", unit " + neuron.unit();
    Element words = Element.of("p").with("class", "types");
    for (Word word : neuron.words()) {
      words.add(
          Element.of(
              "span",
              Element.of("bdi", word.word()),
              Element.of("small", " " + Numbers.fixed(word.score(), 1)),
              " "));
    }
    if (neuron.words().isEmpty()) {
      words.add("No word type occurs three times or more.");
    }
    Element all = Element.of("div", Element.of("h4", name), words).with("class", "neuron");
    for (Sentence sentence : neuron.sentences()) {
      all.add(shades.sentence(sentence.words(), sentence.activations()));
    }
    return all;
  }
}
