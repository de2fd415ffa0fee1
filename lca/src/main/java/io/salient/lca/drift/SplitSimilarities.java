package io.salient.lca.drift;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * By split of the train sentences, how alike two halves are that have no sentence in common: within
 * the one checkpoint, within the other, and across them. Within shows the noise of each side;
 * across, what is left of the agreement.
 *
 * @param before r0_m = s(A0, B0), 0 to 1
 * @param after rt_m = s(At, Bt), 0 to 1
 * @param across c_m = (s(A0, Bt) + s(B0, At)) / 2, 0 to 1
 */
public record SplitSimilarities(double[] before, double[] after, double[] across) {
  /** Checks that there is one of each per split, and at least one split. */
  public SplitSimilarities {
    if (before.length == 0 || after.length != before.length || across.length != before.length) {
      throw new IllegalArgumentException(
          "%d, %d and %d similarities".formatted(before.length, after.length, across.length));
    }
  }

  /**
   * Compares the lists of two checkpoints on the same splits.
   *
   * @throws IllegalArgumentException when the numbers of splits differ
   */
  public static SplitSimilarities between(
      HalfLists before, HalfLists after, TruncatedOverlap overlap) {
    return new SplitSimilarities(
        within(before, overlap), within(after, overlap), across(before, after, overlap));
  }

  /** s(A_m, B_m) of one checkpoint, by split. */
  static double[] within(HalfLists lists, TruncatedOverlap overlap) {
    return bySplit(
        lists.splits(), m -> overlap.similarity(lists.first().get(m), lists.second().get(m)));
  }

  /** Mean of both ways in which a half of one meets the other half of the other, by split. */
  static double[] across(HalfLists one, HalfLists other, TruncatedOverlap overlap) {
    if (one.splits() != other.splits()) {
      throw new IllegalArgumentException(one.splits() + " splits against " + other.splits());
    }
    return bySplit(
        one.splits(),
        m ->
            (overlap.similarity(one.first().get(m), other.second().get(m))
                    + overlap.similarity(one.second().get(m), other.first().get(m)))
                / 2);
  }

  private static double[] bySplit(int splits, IntToDoubleFunction of) {
    return IntStream.range(0, splits).mapToDouble(of).toArray();
  }

  /** M. */
  public int splits() {
    return before.length;
  }

  /** Mean r0. */
  public double meanBefore() {
    return mean(before);
  }

  /** Mean rt. */
  public double meanAfter() {
    return mean(after);
  }

  /** Mean c. */
  public double meanAcross() {
    return mean(across);
  }

  /** True when the two checkpoints cannot be told apart in any split. */
  boolean areEqual() {
    return Arrays.equals(before, after) && Arrays.equals(before, across);
  }

  static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
