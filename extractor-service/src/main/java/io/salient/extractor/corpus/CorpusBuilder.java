package io.salient.extractor.corpus;

import io.salient.schemas.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects words, sentence by sentence, with one label text per concept; a null label stands for
 * none. A word that comes again is kept once.
 */
final class CorpusBuilder {
  private final String name;
  private final List<String> words = new ArrayList<>();
  private final Map<String, String> types = new HashMap<>();
  private final List<LabelCodes> concepts = new ArrayList<>();
  private final List<Integer> starts = new ArrayList<>();
  private final List<Integer> documents = new ArrayList<>();
  private int document = AnnotatedCorpus.NO_DOCUMENT;
  private boolean inSentence;

  CorpusBuilder(String name, List<String> concepts) {
    this.name = name;
    for (int i = 0; i < concepts.size(); i++) {
      String concept = concepts.get(i);
      if (!Names.allowed(concept)) {
        throw new CorpusException(
            "corpus.concept-name",
            "concept "
                + printable(concept)
                + ": a name is letters, digits, blanks or . _ : = + @ -, the first a letter or"
                + " digit");
      }
      if (concepts.indexOf(concept) < i) {
        throw twice(concept);
      }
      this.concepts.add(new LabelCodes(concept));
    }
  }

  /** What to say of a concept that is asked for twice. */
  static CorpusException twice(String concept) {
    return new CorpusException(
        "corpus.concept-twice", "concept " + printable(concept) + " is named twice");
  }

  /**
   * Adds a word.
   *
   * @param where file and line, for messages
   * @param labels one per concept
   */
  void word(String where, String word, List<String> labels) {
    String known = types.get(word);
    if (known == null) {
      check(where, word);
      types.put(word, word);
      known = word;
    }
    if (!inSentence) {
      starts.add(words.size());
      documents.add(document);
      inSentence = true;
    }
    words.add(known);
    for (int concept = 0; concept < concepts.size(); concept++) {
      concepts.get(concept).add(where, labels.get(concept));
    }
  }

  private static void check(String where, String word) {
    if (word.isBlank()) {
      throw new CorpusException("corpus.empty-word", where + ": the word is empty");
    }
    if (word.chars().anyMatch(Character::isISOControl)) {
      throw new CorpusException(
          "corpus.control-character", where + ": the word holds a control character");
    }
  }

  void endSentence() {
    inSentence = false;
  }

  /** The sentences that follow are of another document. */
  void beginDocument() {
    endSentence();
    document++;
  }

  AnnotatedCorpus build() {
    if (words.isEmpty()) {
      throw new CorpusException("corpus.empty", name + " holds no words");
    }
    List<AnnotatedCorpus.Concept> built =
        concepts.stream().map(concept -> concept.build(name)).toList();
    return new AnnotatedCorpus(
        name,
        List.copyOf(words),
        starts.stream().mapToInt(Integer::intValue).toArray(),
        built,
        documents.stream().mapToInt(Integer::intValue).toArray());
  }

  /** A text for messages, without what could break a line. */
  static String printable(String text) {
    return "\"" + text.replaceAll("\\p{Cntrl}", "?") + "\"";
  }
}
