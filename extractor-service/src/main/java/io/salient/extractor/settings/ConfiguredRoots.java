package io.salient.extractor.settings;

import io.salient.extractor.checkpoint.CheckpointRoots;
import java.nio.file.Path;
import java.util.List;

/** The folders that checkpoints may be read from: the watched one where the settings name none. */
public final class ConfiguredRoots {
  private ConfiguredRoots() {}

  /** Of the settings. */
  public static CheckpointRoots of(ExtractorSettings settings) {
    return CheckpointRoots.of(settings.roots().orElseGet(() -> watched(settings)));
  }

  private static List<String> watched(ExtractorSettings settings) {
    return settings
        .watch()
        .map(folder -> List.of(Path.of(folder).toAbsolutePath().toString()))
        .orElse(List.of());
  }
}
