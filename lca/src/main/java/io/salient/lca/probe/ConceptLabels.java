package io.salient.lca.probe;

import java.util.HashSet;
import java.util.List;

/**
 * One way of labelling the words of a corpus.
 *
 * @param concept name, such as upos
 * @param labels its labels, sorted by name
 * @param codes index into labels for each word of the corpus, -1 for a word without a label; not
 *     copied, must not change
 */
public record ConceptLabels(String concept, List<String> labels, int[] codes) {
  /** Checks that labels are distinct and that every code is one. */
  public ConceptLabels {
    labels = List.copyOf(labels);
    if (new HashSet<>(labels).size() != labels.size()) {
      throw new IllegalArgumentException("concept " + concept + " has a label twice");
    }
    for (int word = 0; word < codes.length; word++) {
      if (codes[word] < -1 || codes[word] >= labels.size()) {
        throw new IllegalArgumentException(
            "concept %s, word %d: code %d, but there are %d labels"
                .formatted(concept, word, codes[word], labels.size()));
      }
    }
  }
}
