package io.salient.standalone.command;

import io.salient.standalone.settings.Setting;
import io.salient.standalone.settings.Settings;
import picocli.CommandLine.Option;

/** Options of a baseline that was never trained. */
final class UntrainedOptions {
  @Option(
      names = "--random-weights",
      description =
          "Take the model with random weights, as its family draws them before the first step: an"
              + " untrained baseline. With compare this is CHECKPOINT_A.")
  private boolean randomWeights;

  @Option(
      names = "--random-seed",
      paramLabel = "N",
      description = "Seed of the random weights. Default: 42.")
  private Long randomSeed;

  void addTo(Settings settings) {
    if (randomWeights) {
      settings.put(Setting.RANDOM_WEIGHTS, "baseline");
    }
    if (randomSeed != null) {
      settings.put(Setting.RANDOM_SEED, randomSeed.toString());
    }
  }
}
