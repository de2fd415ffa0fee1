package io.salient.extractor;

import io.salient.extractor.extraction.ExtractionCorpus;

/** The corpus that the settings name. */
final class ConfiguredCorpus {
  private ConfiguredCorpus() {}

  /**
   * Reads it.
   *
   * @throws IllegalStateException when there is none, or it cannot be read
   */
  static ExtractionCorpus read(ExtractorSettings settings) {
    if (settings.corpus().path().isEmpty()) {
      throw new IllegalStateException(
          "no corpus: set salient.extractor.corpus.path to a CoNLL-U, tab-separated or text file");
    }
    throw new IllegalStateException("corpora cannot be read yet");
  }
}
