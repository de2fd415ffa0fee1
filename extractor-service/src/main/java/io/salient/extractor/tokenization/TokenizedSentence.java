package io.salient.extractor.tokenization;

/**
 * A sentence as a model takes it.
 *
 * @param ids subword ids, special ones included
 * @param first by word: position of its first subword, -1 when it has none
 * @param last by word: position of its last subword, -1 when it has none
 * @param fitting words from this one on do not fit into the model
 */
public record TokenizedSentence(long[] ids, int[] first, int[] last, int fitting) {
  /** Words that get a vector. */
  public int rows() {
    int rows = 0;
    for (int position : first) {
      rows += position >= 0 ? 1 : 0;
    }
    return rows;
  }

  /** Words that were cut off. */
  public int truncatedWords() {
    return first.length - fitting;
  }

  /** Words that fit but have no subword. */
  public int droppedWords() {
    return fitting - rows();
  }
}
