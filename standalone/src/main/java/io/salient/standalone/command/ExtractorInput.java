package io.salient.standalone.command;

import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.checkpoint.StoredActivations;
import io.salient.extractor.checkpoint.WeightChoice;
import io.salient.extractor.extraction.ModelSettings;
import io.salient.extractor.model.Encoders;
import io.salient.extractor.settings.ConfiguredCorpus;
import io.salient.extractor.settings.ConfiguredRoots;
import io.salient.extractor.settings.ExtractorSettings;
import io.salient.standalone.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** What the extractor will be given, looked at before any service starts. */
final class ExtractorInput {
  private ExtractorInput() {}

  /**
   * Reads the corpus and opens the checkpoints, as far as that takes no time: values are not read.
   *
   * @throws io.salient.extractor.corpus.CorpusException when the corpus cannot be used
   * @throws io.salient.extractor.checkpoint.CheckpointException when a checkpoint cannot
   */
  static void require(Settings options, List<Path> checkpoints) {
    ExtractorSettings settings = options.read(ExtractorSettings.class);
    ConfiguredCorpus.annotated(settings);
    if (settings.randomWeights() == ModelSettings.Untrained.NONE) {
      WeightChoice weights = weights(settings);
      checkpoints.stream()
          .filter(checkpoint -> StoredActivations.in(checkpoint).isEmpty())
          .forEach(checkpoint -> requireModel(checkpoint, weights));
    }
  }

  /** How the weights of a checkpoint are found. */
  static WeightChoice weights(Settings options) {
    return weights(options.read(ExtractorSettings.class));
  }

  private static WeightChoice weights(ExtractorSettings settings) {
    return new WeightChoice(
        ConfiguredRoots.of(settings), settings.baseModel(), OptionalLong.empty());
  }

  private static void requireModel(Path folder, WeightChoice weights) {
    try (CheckpointFolder checkpoint = CheckpointFolder.open(folder, weights)) {
      Encoders.require(checkpoint);
    }
  }
}
