package io.salient.standalone.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * WordPiece vocabulary of the demo: short words whole, longer ones as a stem of four letters and
 * the rest, so that words have several subwords as in a real model.
 */
final class DemoVocabulary {
  static final int PAD = 0;
  static final int UNK = 1;
  static final int CLS = 2;
  static final int SEP = 3;
  static final int MASK = 4;

  private static final int WHOLE = 5;
  private static final int STEM = 4;

  private final Map<String, Integer> ids = new LinkedHashMap<>();

  DemoVocabulary() {
    for (String special : List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")) {
      ids.put(special, ids.size());
    }
    Set<String> pieces = new TreeSet<>();
    allWords().forEach(word -> pieces.addAll(pieces(word)));
    pieces.forEach(piece -> ids.put(piece, ids.size()));
  }

  private static Stream<String> allWords() {
    return Stream.of(
            DemoLexicon.NOUNS.stream().flatMap(List::stream),
            Stream.of(
                    DemoLexicon.PEOPLE,
                    DemoLexicon.NAMES,
                    DemoLexicon.PRESENT,
                    DemoLexicon.PAST,
                    DemoLexicon.ADJECTIVES,
                    DemoLexicon.ADVERBS,
                    DemoLexicon.DETERMINERS,
                    DemoLexicon.PREPOSITIONS,
                    DemoLexicon.PRONOUNS)
                .flatMap(List::stream),
            Stream.of(".", "!"))
        .flatMap(words -> words);
  }

  private static List<String> pieces(String word) {
    return word.length() <= WHOLE
        ? List.of(word)
        : List.of(word.substring(0, STEM), "##" + word.substring(STEM));
  }

  int size() {
    return ids.size();
  }

  Map<String, Integer> ids() {
    return ids;
  }

  /** Token ids of a sentence with [CLS] and [SEP], by WordPiece's rule: the longest piece first. */
  int[] encode(List<DemoCorpus.Word> words) {
    List<Integer> tokens = new ArrayList<>();
    tokens.add(CLS);
    words.forEach(word -> addLongestFirst(word.form(), tokens));
    tokens.add(SEP);
    return tokens.stream().mapToInt(Integer::intValue).toArray();
  }

  private void addLongestFirst(String word, List<Integer> tokens) {
    for (int start = 0; start < word.length(); ) {
      int end = word.length();
      String prefix = start == 0 ? "" : "##";
      while (end > start && !ids.containsKey(prefix + word.substring(start, end))) {
        end--;
      }
      if (end == start) {
        throw new IllegalStateException("the demo's vocabulary has no piece for " + word);
      }
      tokens.add(ids.get(prefix + word.substring(start, end)));
      start = end;
    }
  }
}
