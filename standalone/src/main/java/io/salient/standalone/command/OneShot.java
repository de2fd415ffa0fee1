package io.salient.standalone.command;

import io.salient.extractor.checkpoint.StoredActivations;
import io.salient.schemas.Names;
import io.salient.standalone.Standalone.Services;
import io.salient.standalone.settings.Setting;
import io.salient.standalone.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The same services, for one question that is answered on the terminal: no page, no provisional
 * results.
 */
final class OneShot {
  private static final Pattern STEP = Pattern.compile("checkpoint-(\\d{1,18})");

  private OneShot() {}

  static Settings settings(List<Path> checkpoints, int top) {
    Settings settings = new Settings();
    settings.put(Setting.ROOTS, checkpoints.stream().map(Path::toString).toList());
    settings.put(Setting.TOP, Integer.toString(top));
    return silent(settings);
  }

  /** The same settings for services that nobody looks at while they work. */
  static Settings silent(Settings settings) {
    settings.put(Setting.TIERS, "final,noise,evaluation");
    settings.put(Setting.PARTITIONS, "1");
    settings.put(Setting.PAGE, "false");
    // The answer is all that people asked for; what goes wrong comes as the one line of the
    // failure.
    settings.put(Setting.LOG_LEVEL, "io.salient", "ERROR");
    // Of a split that the corpus brings, what is doubtful is told all the same.
    settings.put(Setting.LOG_LEVEL, "io.salient.extractor.settings.ConfiguredCorpus", "WARN");
    return settings;
  }

  /** A checkpoint folder, or a file of activations; the real path of either. */
  static Path source(Path checkpoint) throws java.io.IOException {
    if (!Files.exists(checkpoint)) {
      throw new IllegalArgumentException(checkpoint + " is not there");
    }
    Path source = checkpoint.toRealPath();
    if (!Files.isDirectory(source) && StoredActivations.in(source).isEmpty()) {
      throw new IllegalArgumentException(
          checkpoint + " is neither a folder nor a file of activations (.hdf5, .json)");
    }
    return source;
  }

  /** The step in the name of the folder or file, 0 for any other name. */
  static long step(Path checkpoint) {
    Matcher name = STEP.matcher(StoredActivations.stem(checkpoint));
    return name.matches() ? Long.parseLong(name.group(1)) : 0;
  }

  /** What people call it: its step, or its own name where that says none. */
  static String name(Path checkpoint) {
    Matcher name = STEP.matcher(StoredActivations.stem(checkpoint));
    return name.matches() ? "step " + step(checkpoint) : StoredActivations.stem(checkpoint);
  }

  /** What the run is called: the folder around a checkpoint-N, else the folder or file itself. */
  static String run(Path checkpoint) {
    boolean inRun =
        STEP.matcher(StoredActivations.stem(checkpoint)).matches()
            && checkpoint.getParent() != null;
    Path named =
        inRun && checkpoint.getParent().getFileName() != null ? checkpoint.getParent() : checkpoint;
    return Names.from(StoredActivations.stem(named), "run");
  }

  /**
   * Announces a checkpoint and waits for its ranking and some further tiers; a failure becomes an
   * exception with the reason.
   *
   * @param tiers after the ranking that the answer tells of
   */
  static void rank(
      Services services,
      String run,
      long step,
      Path checkpoint,
      boolean baseline,
      Set<String> tiers)
      throws InterruptedException {
    RunWatch watch = new RunWatch(services, run, tiers).naming(any -> name(checkpoint));
    services.intake().announce(run, step, checkpoint.toString(), baseline, false);
    watch
        .untilEnded(List.of(step))
        .forEach(
            (failed, reason) -> {
              throw new IllegalStateException(reason);
            });
  }
}
