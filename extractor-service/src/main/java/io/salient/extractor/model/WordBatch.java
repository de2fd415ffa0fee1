package io.salient.extractor.model;

/**
 * Sentences that go through a model together, padded to one length S.
 *
 * @param ids subword ids, one row of its own length per sentence, special subwords included
 * @param words for every word of the batch that gets a vector, in the order of the rows wanted:
 *     which sentence of the batch it is in, and its first and last subword there (positions in the
 *     row of {@code ids}, both inclusive)
 */
public record WordBatch(long[][] ids, Word[] words) {
  /**
   * The subwords of a word.
   *
   * @param sentence row of {@link WordBatch#ids}
   * @param first position of its first subword
   * @param last position of its last subword
   */
  public record Word(int sentence, int first, int last) {}

  /** Length that all sentences are padded to. */
  public int paddedLength() {
    int length = 0;
    for (long[] sentence : ids) {
      length = Math.max(length, sentence.length);
    }
    return length;
  }

  /** True when all sentences have the same length. */
  public boolean withoutPadding() {
    int length = paddedLength();
    for (long[] sentence : ids) {
      if (sentence.length != length) {
        return false;
      }
    }
    return true;
  }
}
