package io.salient.standalone.command;

import io.salient.extractor.checkpoint.RunFolderWatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The folder of a training run, as the extractor service watches it.
 *
 * @param path its real path
 * @param run name of the run
 */
record WatchedFolder(Path path, String run) {
  /** A folder that is there; the run has its name unless another is given. */
  static WatchedFolder of(Path folder, String run) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(folder + " is not a folder");
    }
    Path real = folder.toRealPath();
    return new WatchedFolder(real, run == null ? real.getFileName().toString() : run);
  }

  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("salient.extractor.roots", ListSetting.of(List.of(path.toString())));
    settings.put("salient.extractor.watch", path.toString());
    settings.put("salient.extractor.run", run);
    return settings;
  }

  /** Steps of the checkpoints that are complete now, at least one. */
  List<Long> steps() {
    List<Long> steps =
        RunFolderWatcher.completeCheckpoints(path).stream().map(c -> c.step()).toList();
    if (steps.isEmpty()) {
      throw new IllegalArgumentException(path + " has no complete checkpoint-<step> folder");
    }
    return steps;
  }
}
