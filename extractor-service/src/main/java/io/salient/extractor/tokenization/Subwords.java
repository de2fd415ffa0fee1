package io.salient.extractor.tokenization;

import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A sentence in subwords, however long.
 *
 * @param before ids of the special subwords in front, such as {@code [CLS]}
 * @param ids ids of the words' own subwords
 * @param after ids of the special subwords behind, such as {@code [SEP]}
 * @param first by word: position of its first subword in {@code ids}, -1 when it has none
 * @param last by word: position of its last subword, -1 when it has none
 */
public record Subwords(long[] before, long[] ids, long[] after, int[] first, int[] last) {
  /** Words, those without a subword included. */
  public int words() {
    return first.length;
  }

  /** All ids, special ones included, as a model takes a sentence that fits. */
  public long[] all() {
    return Stream.of(before, ids, after).flatMapToLong(LongStream::of).toArray();
  }

  /** Special subwords of the sentence. */
  public int specials() {
    return before.length + after.length;
  }

  /** True when the word has a subword. */
  public boolean has(int word) {
    return first[word] >= 0;
  }

  /** Number of a word's subwords. */
  public int length(int word) {
    return has(word) ? last[word] - first[word] + 1 : 0;
  }
}
