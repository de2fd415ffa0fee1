package io.salient.lca.drift;

import java.util.List;
import java.util.stream.Stream;

/**
 * The lists of neurons that the two halves of each of M splits of the train sentences give one
 * checkpoint: over all labels, or of one.
 *
 * @param first A_m, by split: distinct neurons, the most salient first; empty where nothing has
 *     weight
 * @param second B_m, likewise
 */
public record HalfLists(List<int[]> first, List<int[]> second) {
  /** Keeps copies of the lists, and checks that there is at least one split. */
  public HalfLists {
    first = List.copyOf(first);
    second = List.copyOf(second);
    if (first.isEmpty() || first.size() != second.size()) {
      throw new IllegalArgumentException(
          first.size() + " first halves and " + second.size() + " second ones");
    }
  }

  /** M, at least 1. */
  public int splits() {
    return first.size();
  }

  /** True when all 2M lists are empty. */
  boolean isEmpty() {
    return empty() == 2 * splits();
  }

  /** True when more than half of the 2M lists are empty. */
  boolean isMostlyEmpty() {
    return empty() > splits();
  }

  /** True when at least one list is empty. */
  boolean hasEmpty() {
    return empty() > 0;
  }

  private int empty() {
    return (int) Stream.concat(first.stream(), second.stream()).filter(l -> l.length == 0).count();
  }
}
