package io.salient.extractor.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The training step of a checkpoint folder: what its name says, checked against the Trainer's own
 * record.
 *
 * @param fromName step in the name {@code checkpoint-<step>}; empty for any other name
 * @param fromTrainer {@code global_step} of trainer_state.json; empty where that says nothing
 * @param warnings what could not be checked, for people
 */
public record CheckpointStep(
    OptionalLong fromName, OptionalLong fromTrainer, List<String> warnings) {
  private static final Pattern NAME = Pattern.compile("checkpoint-(\\d{1,18})");
  private static final String FILE = "trainer_state.json";

  /**
   * The step in the name of a folder, or of a file of activations; empty for any name but {@code
   * checkpoint-<step>}.
   */
  public static OptionalLong inName(Path folder) {
    Matcher matcher = NAME.matcher(StoredActivations.stem(folder));
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  /**
   * Reads both.
   *
   * @throws CheckpointException when they contradict each other
   */
  public static CheckpointStep read(Path folder) {
    OptionalLong name = inName(folder);
    Path file = folder.resolve(FILE);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return unchecked(name, file + " is missing: the step is not checked against it");
    }
    OptionalLong trained;
    try {
      trained = globalStep(CheckpointJson.read(file));
    } catch (IOException e) {
      return unchecked(name, file + " " + e.getMessage() + ": the step is not checked against it");
    }
    if (trained.isEmpty()) {
      return unchecked(name, file + " has no global_step: the step is not checked against it");
    }
    if (name.isPresent() && name.getAsLong() != trained.getAsLong()) {
      throw new CheckpointException(
          "checkpoint.step-conflict",
          file
              + ": global_step is "
              + trained.getAsLong()
              + ", but the folder is called "
              + folder.getFileName()
              + ": rename the folder or restore the file");
    }
    return new CheckpointStep(name, trained, List.of());
  }

  /** True when a folder's name and the Trainer's record say different steps. */
  public static boolean isContradicted(Path folder) {
    try {
      read(folder);
      return false;
    } catch (CheckpointException e) {
      return true;
    }
  }

  private static OptionalLong globalStep(JsonNode state) {
    JsonNode step = state.path("global_step");
    boolean usable = step.isIntegralNumber() && step.canConvertToLong() && step.longValue() >= 0;
    return usable ? OptionalLong.of(step.longValue()) : OptionalLong.empty();
  }

  private static CheckpointStep unchecked(OptionalLong name, String warning) {
    return new CheckpointStep(name, OptionalLong.empty(), List.of(warning));
  }
}
