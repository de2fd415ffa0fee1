package io.salient.extractor.announcement;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointStep;
import io.salient.extractor.checkpoint.StoredActivations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What lies in a run folder at one look.
 *
 * @param checkpoints folders called {@code checkpoint-<step>}, or such files of activations, by
 *     step; or the folder itself where it is a single checkpoint
 * @param ignored why other folders are not taken, by name
 */
record RunFolder(List<StepFolder> checkpoints, Map<String, String> ignored) {

  /** Looks once. */
  static RunFolder look(Path folder) {
    StepClaims claims = new StepClaims();
    Map<String, String> ignored = new TreeMap<>();
    try (Stream<Path> children = Files.list(folder)) {
      children
          .filter(child -> Files.isDirectory(child) || isStep(child))
          .sorted(Comparator.comparing(Path::toString))
          .forEach(child -> add(child, claims, ignored));
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be listed", e);
    }
    List<StepFolder> found = claims.chosen(ignored);
    if (found.isEmpty() && isSingle(folder)) {
      return new RunFolder(List.of(single(folder)), ignored);
    }
    return new RunFolder(found, ignored);
  }

  /** True for a step's activations that lie in the run folder itself. */
  private static boolean isStep(Path child) {
    return StoredActivations.named(child) && CheckpointStep.inName(child).isPresent();
  }

  private static boolean isSingle(Path folder) {
    return StoredActivations.isModel(folder) || StoredActivations.in(folder).isPresent();
  }

  private static void add(Path child, StepClaims claims, Map<String, String> ignored) {
    String name = child.getFileName().toString();
    if (Files.isSymbolicLink(child)) {
      ignored.put(name, "is a symbolic link");
    } else if (name.startsWith("tmp-")) {
      ignored.put(name, "is still being written by the Trainer");
    } else if (CheckpointStep.inName(child).isPresent()) {
      claims.add(new StepFolder(CheckpointStep.inName(child).getAsLong(), child));
    } else if (name.startsWith("checkpoint")) {
      ignored.put(name, "is not called checkpoint-<step>");
    }
  }

  /** A folder that is a checkpoint itself: its step is in its name, or the Trainer's, or 0. */
  private static StepFolder single(Path folder) {
    try {
      CheckpointStep step = CheckpointStep.read(folder);
      return new StepFolder(step.fromName().orElse(step.fromTrainer().orElse(0)), folder);
    } catch (CheckpointException e) {
      // The extraction tells of the contradiction.
      return new StepFolder(CheckpointStep.inName(folder).orElse(0), folder);
    }
  }

  /** What some of the checkpoints have besides their weights, so that the others will too. */
  CheckpointReadiness.Expected expected() {
    return CheckpointReadiness.Expected.asIn(checkpoints.stream().map(StepFolder::path).toList());
  }
}
