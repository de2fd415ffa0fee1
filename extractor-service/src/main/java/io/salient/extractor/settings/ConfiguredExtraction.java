package io.salient.extractor.settings;

import io.salient.extractor.extraction.Extraction;
import io.salient.extractor.extraction.ExtractionSettings;
import io.salient.extractor.extraction.LayerChoice;
import io.salient.extractor.extraction.ModelSettings;
import io.salient.extractor.tokenization.ExtractionCorpus;
import java.nio.file.Path;
import java.util.List;

/** The extraction that the settings describe. */
public final class ConfiguredExtraction {
  private ConfiguredExtraction() {}

  /**
   * Makes it.
   *
   * @param version version of the code, for the provenance
   */
  public static Extraction of(ExtractorSettings settings, ExtractionCorpus corpus, String version) {
    return new Extraction(
        ConfiguredRoots.of(settings),
        corpus,
        new ExtractionSettings(
            settings.aggregation(),
            settings.encoding(),
            new LayerChoice(settings.layers().orElse(List.of())),
            settings.maxBytesPerCheckpoint(),
            settings.seed(),
            version),
        models(settings),
        settings.neurox().allowCut());
  }

  private static ModelSettings models(ExtractorSettings settings) {
    return new ModelSettings(
        settings.dtype(),
        settings.baseModel(),
        settings.randomWeights(),
        settings.randomSeed(),
        settings.reuseBytes(),
        Path.of(settings.stateDir()));
  }
}
