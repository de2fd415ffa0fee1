package io.salient.extractor.tokenization;

/** What becomes of a sentence with more subwords than the model has positions. */
public enum LongSentences {
  /** It goes through the model in overlapping windows, see {@link SentenceWindows}. */
  WINDOW,
  /** Its last words are left out and counted. */
  TRUNCATE
}
