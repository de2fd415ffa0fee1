package io.salient.extractor.corpus;

import io.salient.schemas.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Collects words, sentence by sentence, with one label text per concept; a null label stands for
 * none.
 */
final class CorpusBuilder {
  private final String name;
  private final List<String> concepts;
  private final List<String> words = new ArrayList<>();
  private final List<List<String>> labels = new ArrayList<>();
  private final List<Integer> starts = new ArrayList<>();
  private boolean inSentence;

  CorpusBuilder(String name, List<String> concepts) {
    this.name = name;
    this.concepts = List.copyOf(concepts);
    HashSet<String> seen = new HashSet<>();
    for (String concept : concepts) {
      if (!Names.allowed(concept)) {
        throw new CorpusException(
            "corpus.concept-name",
            "concept "
                + printable(concept)
                + ": a name is letters, digits, blanks or . _ : = + @ -, the first a letter or"
                + " digit");
      }
      if (!seen.add(concept)) {
        throw new CorpusException("corpus.concept-twice", "concept " + concept + " is named twice");
      }
      labels.add(new ArrayList<>());
    }
  }

  /**
   * Adds a word.
   *
   * @param where file and line, for messages
   * @param label one per concept
   */
  void word(String where, String word, List<String> label) {
    check(where, word);
    if (!inSentence) {
      starts.add(words.size());
      inSentence = true;
    }
    words.add(word);
    for (int concept = 0; concept < concepts.size(); concept++) {
      String text = label.get(concept);
      if (text != null && text.isBlank()) {
        throw new CorpusException(
            "corpus.empty-label", where + ": the label of " + concepts.get(concept) + " is empty");
      }
      labels.get(concept).add(text);
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

  int words() {
    return words.size();
  }

  AnnotatedCorpus build() {
    if (words.isEmpty()) {
      throw new CorpusException("corpus.empty", name + " holds no words");
    }
    List<AnnotatedCorpus.Concept> built = new ArrayList<>();
    for (int concept = 0; concept < concepts.size(); concept++) {
      built.add(concept(concepts.get(concept), labels.get(concept)));
    }
    int[] sentenceStarts = starts.stream().mapToInt(Integer::intValue).toArray();
    return new AnnotatedCorpus(name, List.copyOf(words), sentenceStarts, built);
  }

  private AnnotatedCorpus.Concept concept(String concept, List<String> texts) {
    TreeSet<String> distinct = new TreeSet<>();
    texts.stream().filter(text -> text != null).forEach(distinct::add);
    if (distinct.isEmpty()) {
      throw new CorpusException(
          "corpus.no-labels", name + ": no word has a label for concept " + concept);
    }
    List<String> sorted = List.copyOf(distinct);
    Map<String, Integer> codes = new HashMap<>();
    for (int i = 0; i < sorted.size(); i++) {
      codes.put(sorted.get(i), i);
    }
    int[] coded = new int[texts.size()];
    Arrays.setAll(coded, i -> texts.get(i) == null ? -1 : codes.get(texts.get(i)));
    return new AnnotatedCorpus.Concept(concept, sorted, coded);
  }

  /** A text for messages, without what could break a line. */
  static String printable(String text) {
    return "\"" + text.replaceAll("\\p{Cntrl}", "?") + "\"";
  }
}
