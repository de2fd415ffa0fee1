package io.salient.lca;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Which words are for training (70 %), development (10 %) and test (20 %). Whole groups of
 * sentences go to one part, chosen by the hash that is the group's key: the same for every
 * checkpoint and every run on the corpus, and the same when sentences are added. Or as the corpus
 * itself says.
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

  /** Splits a corpus by the groups of its sentences. */
  public static Split byGroup(SentenceGroups groups) {
    return of(groups, sentence -> partOf(groups.key(sentence)));
  }

  /**
   * The split of a corpus in three files, one behind the other.
   *
   * @param dev first sentence of the dev file
   * @param test first sentence of the test file
   */
  public static Split byFile(SentenceGroups groups, int dev, int test) {
    if (dev < 0 || test < dev || test > groups.sentences()) {
      throw new IllegalArgumentException(
          "files that begin at sentences " + dev + " and " + test + " of " + groups.sentences());
    }
    return of(groups, sentence -> sentence < dev ? TRAIN : sentence < test ? DEV : TEST);
  }

  private static Split of(SentenceGroups groups, IntFunction<Byte> part) {
    byte[] parts = new byte[groups.words()];
    for (int sentence = 0; sentence < groups.sentences(); sentence++) {
      Arrays.fill(parts, groups.start(sentence), groups.end(sentence), part.apply(sentence));
    }
    return new Split(parts);
  }

  /** A split by word: one of {@link #TRAIN} .. for each. */
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

  private static byte partOf(int key) {
    double share = SplitMix.uniform(SplitMix.at(key));
    if (share < TRAIN_SHARE) {
      return TRAIN;
    }
    return share < TRAIN_SHARE + DEV_SHARE ? DEV : TEST;
  }
}
