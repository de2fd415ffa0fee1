package io.salient.lca;

import java.util.Arrays;

/**
 * Train, dev and test words: 70, 10 and 20 % of the sentences, by a hash of the sentence's
 * position, so that it is the same for every checkpoint. Never by word: words of one sentence would
 * tell of each other.
 */
public final class Split {
  /** The three parts. */
  public enum Part {
    /** What the probe learns from. */
    TRAIN,
    /** What choices are made on. */
    DEV,
    /** What is reported. */
    TEST
  }

  private static final int TRAIN_PERCENT = 70;
  private static final int DEV_PERCENT = 10;

  private final Part[] byRow;

  private Split(Part[] byRow) {
    this.byRow = byRow;
  }

  /**
   * The split of a corpus.
   *
   * @param sentenceStarts corpus word index of each sentence's first word, ascending, starting with
   *     0
   * @param words number of words
   */
  public static Split bySentence(int[] sentenceStarts, int words) {
    Part[] parts = new Part[words];
    for (int sentence = 0; sentence < sentenceStarts.length; sentence++) {
      int end = sentence + 1 < sentenceStarts.length ? sentenceStarts[sentence + 1] : words;
      Arrays.fill(parts, sentenceStarts[sentence], end, partOfSentence(sentence));
    }
    return new Split(parts);
  }

  /** The part of the sentence at a position. */
  public static Part partOfSentence(int position) {
    long percent = Long.remainderUnsigned(mix(position), 100);
    if (percent < TRAIN_PERCENT) {
      return Part.TRAIN;
    }
    return percent < TRAIN_PERCENT + DEV_PERCENT ? Part.DEV : Part.TEST;
  }

  /**
   * The finaliser of SplitMix64 (Steele, Lea, Flood 2014): neighbouring positions get unrelated
   * numbers.
   */
  private static long mix(long position) {
    long z = (position + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The part of a word. */
  public Part of(int row) {
    return byRow[row];
  }

  /** Those of the given rows that are in a part, in the same order. */
  public int[] rows(Part part, int[] of) {
    return Arrays.stream(of).filter(row -> byRow[row] == part).toArray();
  }
}
