package io.salient.lca.probe;

import java.util.Arrays;
import java.util.List;

/**
 * The outputs of all concepts side by side: concept k has sizes[k] classes.
 *
 * @param sizes number of classes of each concept
 * @param classes by concept, then by train word: class of the word, -1 when it takes no part
 */
public record ProbeHeads(int[] sizes, List<int[]> classes) {
  /** Checks that both speak of the same number of concepts. */
  public ProbeHeads {
    classes = List.copyOf(classes);
    if (sizes.length != classes.size()) {
      throw new IllegalArgumentException(sizes.length + " sizes, " + classes.size() + " concepts");
    }
  }

  /** Classes of all concepts together. */
  int outputs(int[] heads) {
    int outputs = 0;
    for (int head : heads) {
      outputs += sizes[head];
    }
    return outputs;
  }

  /**
   * Neighbours of equal size.
   *
   * @param counts heads of each group
   * @param sizes classes of each of its heads
   * @param widths both multiplied
   */
  record Groups(long[] counts, long[] sizes, long[] widths) {}

  /** Control tasks and replicates have as many classes as their concept, nearly always. */
  Groups groups(int[] heads) {
    long[] counts = new long[heads.length];
    long[] groupSizes = new long[heads.length];
    int groups = 0;
    for (int k = 0; k < heads.length; k++) {
      if (k == 0 || sizes[heads[k]] != sizes[heads[k - 1]]) {
        groupSizes[groups++] = sizes[heads[k]];
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
  Codes codes(int[] heads, int first, int count) {
    long[] codes = new long[heads.length * count];
    boolean complete = true;
    for (int k = 0; k < heads.length; k++) {
      int[] of = classes.get(heads[k]);
      for (int i = 0; i < count; i++) {
        codes[k * count + i] = of[first + i];
        complete &= of[first + i] >= 0;
      }
    }
    return new Codes(codes, complete);
  }
}
