package io.salient.extractor;

import io.salient.extractor.corpus.AnnotatedCorpus;
import io.salient.extractor.corpus.CorpusException;
import io.salient.extractor.corpus.CorpusReader;
import io.salient.extractor.extraction.ExtractionCorpus;
import io.salient.extractor.tokenization.TokenizationSettings;
import io.salient.extractor.tokenization.TokenizedCorpus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The corpus that the settings name. */
final class ConfiguredCorpus {
  private ConfiguredCorpus() {}

  /**
   * Reads it.
   *
   * @throws IllegalStateException when there is none
   * @throws io.salient.extractor.corpus.CorpusException when it cannot be used
   */
  static ExtractionCorpus read(ExtractorSettings settings) {
    String path =
        settings
            .corpus()
            .path()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "no corpus: set salient.extractor.corpus.path to a CoNLL-U, tab-separated"
                            + " or text file"));
    Map<String, Path> labels = new TreeMap<>();
    settings.corpus().labels().forEach((concept, file) -> labels.put(concept, Path.of(file)));
    AnnotatedCorpus corpus =
        CorpusReader.read(Path.of(path), labels, settings.concepts().orElse(List.of()));
    if (corpus.concepts().isEmpty()) {
      throw new CorpusException(
          "corpus.no-label-file",
          corpus.name()
              + " is plain text without a concept, so that nothing can be probed: name a label file"
              + " (salient.extractor.corpus.labels.<concept>, or --labels CONCEPT=FILE), or put one"
              + " beside it");
    }
    return new TokenizedCorpus(
        corpus,
        new TokenizationSettings(
            settings.batchTokens(),
            settings.seed(),
            settings.longSentences(),
            settings.specialTokens() == ExtractorSettings.Specials.KEEP));
  }
}
