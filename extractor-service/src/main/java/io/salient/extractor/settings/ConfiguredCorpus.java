package io.salient.extractor.settings;

import io.salient.extractor.corpus.AnnotatedCorpus;
import io.salient.extractor.corpus.CorpusException;
import io.salient.extractor.corpus.CorpusReader;
import io.salient.extractor.corpus.CorpusSplit;
import io.salient.extractor.corpus.SplitCorpus;
import io.salient.extractor.tokenization.ExtractionCorpus;
import io.salient.extractor.tokenization.TokenizationSettings;
import io.salient.extractor.tokenization.TokenizedCorpus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/** The corpus that the settings name. */
public final class ConfiguredCorpus {
  private static final Logger LOG = Logger.getLogger(ConfiguredCorpus.class);

  private ConfiguredCorpus() {}

  /**
   * Reads it, and logs how it is split.
   *
   * @throws IllegalStateException when there is none
   * @throws CorpusException when it cannot be used
   */
  public static ExtractionCorpus read(ExtractorSettings settings) {
    AnnotatedCorpus corpus = annotated(settings);
    ExtractionCorpus tokenized = tokenized(corpus, settings);
    LOG.infof(
        "%s: %d sentences, %s",
        corpus.name(),
        corpus.sentences(),
        switch (tokenized.info().getSplit()) {
          case FILE -> "split as its files are";
          case DOCUMENT -> "split by document";
          case SENTENCE, POSITION -> "split by sentence";
        });
    if (corpus.fileStarts().length > 0) {
      tellRepeated(corpus);
    }
    return tokenized;
  }

  /**
   * Words and labels of the file, or of the three files, that the settings name.
   *
   * @throws IllegalStateException when there is none
   * @throws CorpusException when it cannot be used
   */
  public static AnnotatedCorpus annotated(ExtractorSettings settings) {
    ExtractorSettings.Corpus corpus = settings.corpus();
    Path path =
        Path.of(
            corpus
                .path()
                .orElseThrow(
                    () ->
                        new IllegalStateException(
                            "no corpus: set salient.extractor.corpus.path to a CoNLL-U,"
                                + " tab-separated or text file")));
    List<String> concepts = settings.concepts().orElse(List.of());
    if (corpus.dev().isPresent() || corpus.test().isPresent()) {
      requireBoth(corpus);
      return SplitCorpus.read(
          path,
          Path.of(corpus.dev().orElseThrow()),
          Path.of(corpus.test().orElseThrow()),
          concepts);
    }
    Map<String, Path> labels = new TreeMap<>();
    corpus.labels().forEach((concept, file) -> labels.put(concept, Path.of(file)));
    return CorpusReader.read(path, labels, concepts);
  }

  private static void requireBoth(ExtractorSettings.Corpus corpus) {
    if (corpus.dev().isEmpty() || corpus.test().isEmpty()) {
      String missing = corpus.dev().isEmpty() ? "dev" : "test";
      throw new CorpusException(
          "corpus.half-a-split",
          "salient.extractor.corpus."
              + missing
              + " is missing: a corpus that brings its own split brings both dev and test (--dev,"
              + " --test); with neither it is split 70/10/20");
    }
    if (!corpus.labels().isEmpty()) {
      throw new CorpusException(
          "corpus.labels-of-three-files",
          "label files (--labels, salient.extractor.corpus.labels) are of one text: with dev and"
              + " test, put each text's labels beside it (a.label beside a.txt), or take files with"
              + " columns");
    }
  }

  private static void tellRepeated(AnnotatedCorpus corpus) {
    int repeated = CorpusSplit.repeated(corpus);
    if (repeated > 0) {
      LOG.warnf(
          "%s: %d of the %d test sentences stand in the train file too, word by word; they are"
              + " kept, as the split is the corpus' own",
          corpus.name(), repeated, corpus.sentences() - corpus.fileStarts()[1]);
    }
  }

  /** A corpus as the settings have it tokenised. */
  public static ExtractionCorpus tokenized(AnnotatedCorpus corpus, ExtractorSettings settings) {
    return new TokenizedCorpus(
        corpus,
        new TokenizationSettings(
            settings.batchTokens(),
            settings.seed(),
            settings.longSentences(),
            settings.specialTokens() == ExtractorSettings.Specials.KEEP));
  }
}
