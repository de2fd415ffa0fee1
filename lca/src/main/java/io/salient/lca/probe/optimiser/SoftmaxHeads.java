package io.salient.lca.probe.optimiser;

import java.util.Arrays;
import java.util.List;

/**
 * The outputs of several classifiers side by side: head k has sizes[k] classes.
 *
 * @param sizes number of classes of each head
 * @param classes by head, then by train row: class of the word, -1 when it takes no part
 */
public record SoftmaxHeads(int[] sizes, List<int[]> classes) {
  /** Checks that both speak of the same number of heads. */
  public SoftmaxHeads {
    classes = List.copyOf(classes);
    if (sizes.length != classes.size()) {
      throw new IllegalArgumentException(sizes.length + " sizes, " + classes.size() + " heads");
    }
  }

  int count() {
    return sizes.length;
  }

  /** Classes of all heads together. */
  public int outputs() {
    return Arrays.stream(sizes).sum();
  }

  /** Position of a head's first class among those of all heads. */
  int offset(int head) {
    return Arrays.stream(sizes).limit(head).sum();
  }

  /** Some of the heads. */
  public SoftmaxHeads only(int... heads) {
    return new SoftmaxHeads(
        Arrays.stream(heads).map(head -> sizes[head]).toArray(),
        Arrays.stream(heads).mapToObj(classes::get).toList());
  }

  /** How many of the first rows take part in a head. */
  int words(int head, int rows) {
    int words = 0;
    int[] of = classes.get(head);
    for (int i = 0; i < rows; i++) {
      words += of[i] >= 0 ? 1 : 0;
    }
    return words;
  }

  /**
   * Neighbours of equal size, which share their operations.
   *
   * @param counts heads of each group
   * @param sizes classes of each of its heads
   * @param widths both multiplied
   */
  record Groups(long[] counts, long[] sizes, long[] widths) {}

  /** Control tasks have as many classes as their concept, nearly always. */
  Groups groups() {
    long[] counts = new long[sizes.length];
    long[] groupSizes = new long[sizes.length];
    int groups = 0;
    for (int k = 0; k < sizes.length; k++) {
      if (k == 0 || sizes[k] != sizes[k - 1]) {
        groupSizes[groups++] = sizes[k];
      }
      counts[groups - 1]++;
    }
    long[] widths = new long[groups];
    Arrays.setAll(widths, i -> counts[i] * groupSizes[i]);
    return new Groups(Arrays.copyOf(counts, groups), Arrays.copyOf(groupSizes, groups), widths);
  }

  /**
   * Classes of a block of words.
   *
   * @param values by head, then by word
   * @param complete whether every word takes part in every head
   */
  record Codes(long[] values, boolean complete) {}

  /** Classes of the words first..first + count - 1. */
  Codes codes(int first, int count) {
    long[] codes = new long[sizes.length * count];
    boolean complete = true;
    for (int k = 0; k < sizes.length; k++) {
      int[] of = classes.get(k);
      for (int i = 0; i < count; i++) {
        codes[k * count + i] = of[first + i];
        complete &= of[first + i] >= 0;
      }
    }
    return new Codes(codes, complete);
  }
}
