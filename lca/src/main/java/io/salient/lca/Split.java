package io.salient.lca;

import java.util.Arrays;

/**
 * Which words are for training (70 %), development (10 %) and test (20 %). Whole sentences go to
 * one part, chosen by a hash of the sentence's position in the corpus: the same for every
 * checkpoint and every run on the corpus.
 */
public final class Split {
  /** Part of the words that probes are fitted on. */
  public static final byte TRAIN = 0;

  /** Part of the words that settings may be chosen on. */
  public static final byte DEV = 1;

  /** Part of the words that results are measured on. */
  public static final byte TEST = 2;

  private static final double TRAIN_SHARE = 0.7;
  private static final double DEV_SHARE = 0.1;

  private final byte[] parts;

  private Split(byte[] parts) {
    this.parts = parts;
  }

  /**
   * Splits a corpus by sentence.
   *
   * @param sentenceStarts word index of the first word of each sentence, ascending from 0; a
   *     sentence without words repeats the next one's start
   * @param words number of words of the corpus
   */
  public static Split bySentence(int[] sentenceStarts, int words) {
    byte[] parts = new byte[words];
    for (int sentence = 0; sentence < sentenceStarts.length; sentence++) {
      int from = sentenceStarts[sentence];
      int to = sentence + 1 < sentenceStarts.length ? sentenceStarts[sentence + 1] : words;
      if (from > to || from < 0 || to > words || (sentence == 0 && from != 0)) {
        throw new IllegalArgumentException(
            "sentence " + sentence + " starts at word " + from + ", the next at " + to);
      }
      Arrays.fill(parts, from, to, partOfSentence(sentence));
    }
    if (sentenceStarts.length == 0 && words > 0) {
      throw new IllegalArgumentException(words + " words without a sentence");
    }
    return new Split(parts);
  }

  /** A split that the corpus brings itself: one of {@link #TRAIN} .. per word. */
  public static Split of(byte[] parts) {
    for (byte part : parts) {
      if (part < TRAIN || part > TEST) {
        throw new IllegalArgumentException("there is no part " + part);
      }
    }
    return new Split(parts.clone());
  }

  /** Number of words. */
  public int words() {
    return parts.length;
  }

  /** Part of a word: {@link #TRAIN}, {@link #DEV} or {@link #TEST}. */
  public byte part(int row) {
    return parts[row];
  }

  /** Those of some words that belong to a part, in their order. */
  public int[] rowsOf(byte part, int[] rows) {
    return Arrays.stream(rows).filter(row -> parts[row] == part).toArray();
  }

  private static byte partOfSentence(int sentence) {
    double share = SplitMix.uniform(SplitMix.at(sentence));
    if (share < TRAIN_SHARE) {
      return TRAIN;
    }
    return share < TRAIN_SHARE + DEV_SHARE ? DEV : TEST;
  }
}
