package io.salient.extractor.tokenization;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which sentences go through the model together: those of like length, so that little is padding.
 * The batches are then taken in a seeded random order, so that the first tenth of a checkpoint is a
 * fair sample of it.
 */
final class BatchPlan {
  private BatchPlan() {}

  /**
   * Plans.
   *
   * @param sentences tokenised; those without a row are left out
   * @param batchTokens most subwords of a batch, padding included; a longer sentence goes alone
   * @return sentence indices of each batch
   */
  static List<List<Integer>> of(List<TokenizedSentence> sentences, int batchTokens, long seed) {
    List<Integer> byLength =
        IntStream.range(0, sentences.size())
            .boxed()
            .filter(i -> sentences.get(i).rows() > 0)
            .sorted(Comparator.comparingInt(i -> sentences.get(i).ids().length))
            .toList();
    List<List<Integer>> batches = new ArrayList<>();
    List<Integer> batch = new ArrayList<>();
    for (int sentence : byLength) {
      int length = sentences.get(sentence).ids().length;
      if (!batch.isEmpty() && (batch.size() + 1) * length > batchTokens) {
        batches.add(batch);
        batch = new ArrayList<>();
      }
      batch.add(sentence);
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    Collections.shuffle(batches, new Random(seed));
    return batches;
  }
}
