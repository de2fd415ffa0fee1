package io.salient.extractor.corpus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Labels of one concept, coded as they come: four bytes a word, however many words there are. */
final class LabelCodes {
  /** Beyond it a column holds identifiers, not classes. */
  static final int MAX_LABELS = 10_000;

  static final int MAX_LENGTH = 200;
  private static final int NONE = -1;

  private final String concept;
  private final Map<String, Integer> codeOf = new HashMap<>();
  private int[] codes = new int[1024];
  private int size;

  LabelCodes(String concept) {
    this.concept = concept;
  }

  /**
   * Adds the label of the next word.
   *
   * @param where file and line, for messages
   * @param label null for none
   */
  void add(String where, String label) {
    if (size == codes.length) {
      codes = Arrays.copyOf(codes, 2 * size);
    }
    codes[size++] = label == null ? NONE : code(where, label);
  }

  private int code(String where, String label) {
    Integer known = codeOf.get(label);
    if (known != null) {
      return known;
    }
    check(where, label);
    codeOf.put(label, codeOf.size());
    return codeOf.size() - 1;
  }

  private void check(String where, String label) {
    if (label.isBlank()) {
      throw new CorpusException(
          "corpus.empty-label", where + ": the label of " + concept + " is empty");
    }
    if (label.length() > MAX_LENGTH || label.chars().anyMatch(Character::isISOControl)) {
      throw new CorpusException(
          "corpus.label",
          where
              + ": the label of "
              + concept
              + " is longer than "
              + MAX_LENGTH
              + " characters or holds a control character");
    }
    if (codeOf.size() == MAX_LABELS) {
      throw tooMany(where, concept);
    }
  }

  /** What to say of a concept with more labels than one may have. */
  static CorpusException tooMany(String where, String concept) {
    return new CorpusException(
        "corpus.too-many-labels",
        where
            + ": concept "
            + concept
            + " has more than "
            + MAX_LABELS
            + " labels: leave it out, or group its labels");
  }

  /**
   * The concept, its labels sorted by name.
   *
   * @param corpus its name, for messages
   */
  AnnotatedCorpus.Concept build(String corpus) {
    if (codeOf.isEmpty()) {
      throw new CorpusException(
          "corpus.no-labels", corpus + ": no word has a label for concept " + concept);
    }
    List<String> sorted = new ArrayList<>(codeOf.keySet());
    Collections.sort(sorted);
    int[] rank = new int[sorted.size()];
    for (int i = 0; i < rank.length; i++) {
      rank[codeOf.get(sorted.get(i))] = i;
    }
    int[] ranked = Arrays.copyOf(codes, size);
    Arrays.setAll(ranked, i -> ranked[i] == NONE ? NONE : rank[ranked[i]]);
    return new AnnotatedCorpus.Concept(concept, List.copyOf(sorted), ranked);
  }
}
