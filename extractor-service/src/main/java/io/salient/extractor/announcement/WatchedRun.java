package io.salient.extractor.announcement;

import io.salient.extractor.settings.ConfiguredRoots;
import io.salient.extractor.settings.ExtractorSettings;
import io.salient.schemas.Names;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What the settings say of the watched run.
 *
 * @param folder run folder, links resolved
 * @param run name of the run
 * @param baselineStep step that is the baseline; empty for the lowest
 * @param baselineFolder a model outside the run that becomes step 0; null for none
 */
record WatchedRun(Path folder, String run, OptionalLong baselineStep, Path baselineFolder) {

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  static WatchedRun of(ExtractorSettings settings) {
    Path folder = folder(settings.watch().orElseThrow());
    String run =
        settings
            .run()
            .map(name -> Names.require("salient.extractor.run", name))
            .orElseGet(() -> Names.from(Objects.toString(folder.getFileName(), ""), "run"));
    String baseline = settings.baseline().map(String::strip).orElse("");
    if (baseline.isEmpty()) {
      return new WatchedRun(folder, run, OptionalLong.empty(), null);
    }
    if (baseline.matches("\\d{1,18}")) {
      return new WatchedRun(folder, run, OptionalLong.of(Long.parseLong(baseline)), null);
    }
    if (Files.exists(folder.resolve("checkpoint-0"))) {
      throw new IllegalArgumentException(
          "salient.extractor.baseline: "
              + baseline
              + " would become step 0, but the run has a checkpoint-0: give a step instead");
    }
    Path model = ConfiguredRoots.of(settings).resolve(baseline);
    return new WatchedRun(folder, run, OptionalLong.of(0), model);
  }

  private static Path folder(String watch) {
    try {
      Path folder = Path.of(watch).toRealPath();
      if (Files.isDirectory(folder)) {
        return folder;
      }
    } catch (java.io.IOException | java.nio.file.InvalidPathException e) {
      throw new IllegalArgumentException("salient.extractor.watch: " + watch + " is not there", e);
    }
    throw new IllegalArgumentException("salient.extractor.watch: " + watch + " is not a folder");
  }

  boolean isBaseline(long step) {
    return baselineStep.isPresent() && baselineStep.getAsLong() == step;
  }
}
