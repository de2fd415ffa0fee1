package io.salient.standalone.command;

import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.checkpoint.StoredActivations;
import io.salient.extractor.checkpoint.WeightChoice;
import io.salient.extractor.extraction.ModelSettings;
import io.salient.extractor.model.Encoders;
import io.salient.extractor.settings.ConfiguredCorpus;
import io.salient.extractor.settings.ConfiguredRoots;
import io.salient.extractor.settings.ExtractorSettings;
import io.salient.standalone.LiteralValue;
import io.salient.standalone.SettingsCheck;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What the extractor will be given, looked at before any service starts. */
final class ExtractorInput {
  /** Above the environment and application.properties. */
  private static final int ORDINAL = 1_000;

  private ExtractorInput() {}

  /** The extractor's settings as its service has them: the options before environment and files. */
  static ExtractorSettings settings(Map<String, String> options) {
    SettingsCheck.require(options);
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDefaultSources()
        .withSources(new PropertiesConfigSource(LiteralValue.of(options), "options", ORDINAL))
        .withMapping(ExtractorSettings.class)
        .build()
        .getConfigMapping(ExtractorSettings.class);
  }

  /**
   * Reads the corpus and opens the checkpoints, as far as that takes no time: values are not read.
   *
   * @throws io.salient.extractor.corpus.CorpusException when the corpus cannot be used
   * @throws io.salient.extractor.checkpoint.CheckpointException when a checkpoint cannot
   */
  static void require(Map<String, String> options, List<Path> checkpoints) {
    ExtractorSettings settings = settings(options);
    ConfiguredCorpus.annotated(settings);
    if (settings.randomWeights() == ModelSettings.Untrained.NONE) {
      WeightChoice weights = weights(settings);
      checkpoints.stream()
          .filter(checkpoint -> StoredActivations.in(checkpoint).isEmpty())
          .forEach(checkpoint -> requireModel(checkpoint, weights));
    }
  }

  /** How the weights of a checkpoint are found. */
  static WeightChoice weights(Map<String, String> options) {
    return weights(settings(options));
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
