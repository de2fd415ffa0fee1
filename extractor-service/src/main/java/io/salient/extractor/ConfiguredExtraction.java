package io.salient.extractor;

import io.salient.extractor.checkpoint.CheckpointIntake;
import io.salient.extractor.extraction.Extraction;
import io.salient.extractor.extraction.ExtractionCorpus;
import io.salient.extractor.extraction.ExtractionSettings;
import io.salient.extractor.extraction.StoredSettings;
import java.util.List;

/** The extraction that the settings describe. */
final class ConfiguredExtraction {
  private ConfiguredExtraction() {}

  /**
   * Makes it.
   *
   * @param version version of the code, for the provenance
   */
  static Extraction of(ExtractorSettings settings, ExtractionCorpus corpus, String version) {
    int[] layers =
        settings.layers().orElse(List.of()).stream().mapToInt(Integer::intValue).toArray();
    return new Extraction(
        CheckpointIntake.roots(settings),
        corpus,
        new ExtractionSettings(
            settings.aggregation(), settings.encoding(), settings.seed(), version),
        new StoredSettings(layers, settings.neurox().allowCut()));
  }
}
