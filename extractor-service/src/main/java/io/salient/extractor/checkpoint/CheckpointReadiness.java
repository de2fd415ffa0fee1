package io.salient.extractor.checkpoint;

import io.salient.torch.SafetensorsException;
import io.salient.torch.SafetensorsFolder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether a checkpoint folder is written whole: its weights' (or its adapter's) headers cover the
 * files, all shards are present, and trainer_state.json, the last thing a Trainer writes, is there
 * if this Trainer writes one.
 */
final class CheckpointReadiness {
  private CheckpointReadiness() {}

  /**
   * What is missing; empty when nothing is.
   *
   * @param trainerState whether a trainer_state.json is to be expected
   */
  static Optional<String> missing(Path folder, boolean trainerState) {
    try {
      Optional<Path> activations = ActivationSource.in(folder);
      if (activations.isPresent()) {
        return ActivationSource.missing(activations.get());
      }
    } catch (CheckpointException e) {
      return Optional.of(e.getMessage());
    }
    boolean adapter = AdapterConfig.isIn(folder) && !hasOwnWeights(folder);
    if (!adapter && !isThere(folder, "config.json")) {
      return Optional.of("config.json is not there");
    }
    if (trainerState && !isThere(folder, "trainer_state.json")) {
      return Optional.of("trainer_state.json is not there, as it is in other checkpoints");
    }
    try (SafetensorsFolder weights =
        adapter
            ? SafetensorsFolder.open(folder, AdaptedWeights.FILE)
            : SafetensorsFolder.open(folder)) {
      return weights.tensors().isEmpty() ? Optional.of("no weights yet") : Optional.empty();
    } catch (SafetensorsException e) {
      return Optional.of(e.getMessage());
    } catch (InternalError e) {
      return Optional.of("the weights are being written"); // a header that shrank under the mapping
    }
  }

  /** True when the weights of a whole model are there, or on their way. */
  static boolean hasOwnWeights(Path folder) {
    return isThere(folder, "model.safetensors") || isThere(folder, "model.safetensors.index.json");
  }

  /** True when the Trainer's own record is there. */
  static boolean hasTrainerState(Path folder) {
    return isThere(folder, "trainer_state.json");
  }

  private static boolean isThere(Path folder, String name) {
    return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }
}
