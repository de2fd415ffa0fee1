package io.salient.lca;

import java.util.Arrays;

/**
 * The sentences of a corpus and which of them are alike: those of one group are never parted, by
 * {@link Split}, by the halves of replicates or by the groups that knowledge is judged over.
 * Immutable.
 */
public final class SentenceGroups {
  private final int[] starts;
  private final int[] keys;
  private final int words;

  private SentenceGroups(int[] starts, int[] keys, int words) {
    this.starts = starts;
    this.keys = keys;
    this.words = words;
  }

  /**
   * Sentences in groups.
   *
   * @param starts word index of the first word of each sentence, ascending from 0; a sentence
   *     without words repeats the next one's start
   * @param keys of the group of each sentence: equal where sentences are alike, and a hash of what
   *     makes them so, as it decides where the group goes
   * @param words number of words of the corpus
   * @throws IllegalArgumentException when the sentences do not lie in the corpus
   */
  public static SentenceGroups of(int[] starts, int[] keys, int words) {
    if (starts.length != keys.length) {
      throw new IllegalArgumentException(
          starts.length + " sentences, but groups of " + keys.length);
    }
    if (starts.length == 0 && words > 0) {
      throw new IllegalArgumentException(words + " words without a sentence");
    }
    for (int sentence = 0; sentence < starts.length; sentence++) {
      int from = starts[sentence];
      int to = sentence + 1 < starts.length ? starts[sentence + 1] : words;
      if (from > to || from < 0 || to > words || (sentence == 0 && from != 0)) {
        throw new IllegalArgumentException(
            "sentence " + sentence + " starts at word " + from + ", the next at " + to);
      }
    }
    return new SentenceGroups(starts.clone(), keys.clone(), words);
  }

  /** Each sentence a group of its own, by its index: of corpora whose content is not known. */
  public static SentenceGroups byPosition(int[] starts, int words) {
    int[] keys = new int[starts.length];
    Arrays.setAll(keys, sentence -> sentence);
    return of(starts, keys, words);
  }

  /** Number of sentences. */
  public int sentences() {
    return starts.length;
  }

  /** Number of words. */
  public int words() {
    return words;
  }

  /** Key of a sentence's group. */
  public int key(int sentence) {
    return keys[sentence];
  }

  /** Word index of a sentence's first word. */
  public int start(int sentence) {
    return starts[sentence];
  }

  /** Word index behind a sentence's last word. */
  public int end(int sentence) {
    return sentence + 1 < starts.length ? starts[sentence + 1] : words;
  }

  /** The sentence of a word. */
  public int sentenceOf(int word) {
    int found = Arrays.binarySearch(starts, word);
    if (found < 0) {
      return -found - 2;
    }
    while (found + 1 < starts.length && starts[found + 1] == word) {
      found++; // a sentence without words starts where the next one does
    }
    return found;
  }
}
