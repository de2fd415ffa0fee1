package io.salient.standalone.command;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options that say how a checkpoint becomes a model. */
final class ModelOptions {
  @Option(
      names = "--dtype",
      paramLabel = "float32|bfloat16",
      description = "Numbers that linear layers are computed in. Default: float32.")
  private String dtype;

  @Option(
      names = "--base-model",
      paramLabel = "DIR",
      description =
          "Folder of the model that LoRA adapters adapt. Default: the one that each names, if that"
              + " is a folder which may be read.")
  private Path baseModel;

  void addTo(Map<String, String> settings) {
    if (dtype != null) {
      settings.put("salient.extractor.dtype", dtype);
    }
    if (baseModel != null) {
      String folder = baseModel.toAbsolutePath().normalize().toString();
      settings.put("salient.extractor.base-model", folder);
      settings.merge(
          "salient.extractor.roots",
          ListSetting.of(java.util.List.of(folder)),
          (a, b) -> a + "," + b);
    }
  }
}
