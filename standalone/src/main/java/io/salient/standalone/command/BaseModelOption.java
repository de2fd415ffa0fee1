package io.salient.standalone.command;

import io.salient.standalone.settings.Setting;
import io.salient.standalone.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Where the weights are that LoRA adapters adapt. */
final class BaseModelOption {
  @Option(
      names = "--base-model",
      paramLabel = "DIR",
      description =
          "Folder of the model that LoRA adapters adapt. Default: the one that each names, if that"
              + " is a folder which may be read.")
  private Path baseModel;

  /**
   * Adds the folder to those that may be read, too.
   *
   * @throws IllegalArgumentException when it is not there
   */
  void addTo(Settings settings) {
    if (baseModel != null) {
      if (!Files.isDirectory(baseModel)) {
        throw new IllegalArgumentException("--base-model: " + baseModel + " is not a folder");
      }
      String folder = baseModel.toAbsolutePath().normalize().toString();
      settings.put(Setting.BASE_MODEL, folder);
      settings.add(Setting.ROOTS, List.of(folder));
    }
  }
}
