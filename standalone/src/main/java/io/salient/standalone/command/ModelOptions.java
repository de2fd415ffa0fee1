package io.salient.standalone.command;

import io.salient.standalone.settings.Setting;
import io.salient.standalone.settings.Settings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say how a checkpoint becomes a model. */
final class ModelOptions {
  @Option(
      names = "--dtype",
      paramLabel = "float32|bfloat16",
      description = "Numbers that linear layers are computed in. Default: float32.")
  private String dtype;

  @Mixin private BaseModelOption baseModel;

  void addTo(Settings settings) {
    if (dtype != null) {
      settings.put(Setting.DTYPE, dtype);
    }
    baseModel.addTo(settings);
  }
}
