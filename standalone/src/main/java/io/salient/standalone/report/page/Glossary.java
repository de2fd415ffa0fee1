package io.salient.standalone.report.page;

import io.salient.standalone.report.markup.Element;

/** How to read the page, for those who open it knowing nothing of the method. */
final class Glossary {
  private Glossary() {}

  static Element of() {
    Element words = Element.of("dl");
    word(
        words,
        "run, step",
        "One training, and how many updates it had made when a checkpoint was"
            + " saved. The baseline, usually step 0, is the model before fine-tuning.");
    word(
        words,
        "neuron",
        "One number of the many that a layer of the model computes for each"
            + " word, named by layer and unit. Layer 0 is the output of the embeddings.");
    word(
        words,
        "concept, label",
        "A way of labelling every word, such as part of speech; its"
            + " values, such as noun, are the labels.");
    word(
        words,
        "probe",
        "A linear classifier that has to tell a word's label from the model's"
            + " neurons. If it can, the model knows the concept.");
    word(
        words,
        "salient neuron",
        "A neuron that carries much of the probe's weight for some"
            + " label. The ranking has every neuron, the most salient first.");
    word(
        words,
        "selectivity",
        "How much better the probe is than one that has to learn labels"
            + " given to words at random. High: the knowledge is the model's, not the probe's.");
    word(
        words,
        "noise",
        "Two probes fitted on two halves of the same text agree only in part."
            + " Every drift is therefore held against how well such halves agree.");
    word(words, "sd", "Standard deviation.");
    Element verdicts = Element.of("ul");
    for (Verdicts verdict : Verdicts.values()) {
      verdicts.add(Element.of("li", Element.of("b", verdict.label()), ": " + verdict.meaning()));
    }
    return Element.of(
            "section",
            Element.of("h2", "How to read this"),
            Element.of(
                "p",
                "A language model was saved several times during its training. For every saved"
                    + " checkpoint and every concept a probe was trained to read the concept from"
                    + " the model's neurons; its weights say which neurons carry the concept. This"
                    + " page shows how well each concept is known, by which neurons, in which"
                    + " layers, and how that changed with training."),
            words,
            Element.of("p", "The verdict on a drift is one of:"),
            verdicts)
        .with("id", "reading");
  }

  private static void word(Element list, String word, String meaning) {
    list.add(Element.of("dt", word), Element.of("dd", meaning));
  }
}
