package io.salient.extractor.tokenization;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which windows go through the model together: those of like length, so that little is padding. The
 * batches are then taken in a seeded random order, so that the first tenth of a checkpoint is a
 * fair sample of it.
 */
final class BatchPlan {
  private BatchPlan() {}

  /**
   * Plans.
   *
   * @param windows sentences, or parts of long ones
   * @param batchTokens most subwords of a batch, padding included; a longer window goes alone
   * @return window indices of each batch
   */
  static List<List<Integer>> of(List<Window> windows, int batchTokens, long seed) {
    List<Integer> byLength =
        IntStream.range(0, windows.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> windows.get(i).ids().length))
            .toList();
    List<List<Integer>> batches = new ArrayList<>();
    List<Integer> batch = new ArrayList<>();
    for (int window : byLength) {
      int length = windows.get(window).ids().length;
      if (!batch.isEmpty() && (batch.size() + 1) * length > batchTokens) {
        batches.add(batch);
        batch = new ArrayList<>();
      }
      batch.add(window);
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    Collections.shuffle(batches, new Random(seed));
    return batches;
  }
}
