package io.salient.standalone.command;

import io.salient.extractor.announcement.RunFolderWatcher;
import io.salient.schemas.Names;
import io.salient.standalone.settings.Setting;
import io.salient.standalone.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder of a training run, as the extractor service watches it.
 *
 * @param path its real path
 * @param run name of the run
 */
record WatchedFolder(Path path, String run) {
  private static final int MOST_NAMED = 5;

  /**
   * A folder that is there; the run has its name unless another is given.
   *
   * @throws IllegalArgumentException when it is no folder, or the given name not allowed
   */
  static WatchedFolder of(Path folder, String run) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(folder + " is not a folder");
    }
    Path real = folder.toRealPath();
    String name = Names.from(Objects.toString(real.getFileName(), ""), "run");
    return new WatchedFolder(real, run == null ? name : Names.require("--run", run));
  }

  Settings settings() {
    Settings settings = new Settings();
    settings.put(Setting.ROOTS, List.of(path.toString()));
    settings.put(Setting.WATCHED_FOLDER, path.toString());
    settings.put(Setting.RUN, run);
    return settings;
  }

  /**
   * The checkpoints that are there now, by step, at least one. One that is not complete is among
   * them: it is announced when it no longer grows, so that what it lacks is told.
   */
  Map<Long, Path> checkpoints() {
    Map<Long, Path> steps = new TreeMap<>();
    RunFolderWatcher.checkpoints(path).forEach(found -> steps.put(found.step(), found.path()));
    if (steps.isEmpty()) {
      throw new IllegalArgumentException(path + " has no checkpoint-<step> folder" + hint());
    }
    return steps;
  }

  /** What is there instead: folders that are not taken, or runs one folder deeper. */
  private String hint() {
    Map<String, String> ignored = RunFolderWatcher.ignored(path);
    if (!ignored.isEmpty()) {
      return ignored.entrySet().stream()
          .limit(MOST_NAMED)
          .map(folder -> folder.getKey() + " " + folder.getValue())
          .collect(Collectors.joining(", ", ": ", ignored.size() > MOST_NAMED ? " ..." : ""));
    }
    return deeper();
  }

  /** Runs that lie one folder deeper, as those of a search over settings do. */
  private String deeper() {
    try (Stream<Path> children = Files.list(path)) {
      List<String> runs =
          children
              .filter(Files::isDirectory)
              .filter(WatchedFolder::isRun)
              .map(child -> child.getFileName().toString())
              .sorted()
              .limit(MOST_NAMED)
              .toList();
      return runs.isEmpty() ? "" : "; there are some in " + String.join(", ", runs);
    } catch (IOException | UncheckedIOException e) {
      return ""; // a hint only
    }
  }

  private static boolean isRun(Path folder) {
    return RunFolderWatcher.checkpoints(folder).stream()
        .anyMatch(found -> folder.equals(found.path().getParent()));
  }
}
