package io.salient.extractor.tokenization;

import java.util.List;

/**
 * A sentence as a model takes it.
 *
 * @param windows each word with a vector is in exactly one of them; none when no word has one
 * @param droppedWords words without a vector because they have no subword
 * @param truncatedWords words without a vector because they do not fit
 */
public record TokenizedSentence(List<Window> windows, int droppedWords, int truncatedWords) {
  /** Words that get a vector. */
  public int rows() {
    return windows.stream().mapToInt(window -> window.words().length).sum();
  }
}
