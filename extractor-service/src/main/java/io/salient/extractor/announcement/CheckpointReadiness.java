package io.salient.extractor.announcement;

import io.salient.extractor.checkpoint.AdapterConfig;
import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.checkpoint.CheckpointStep;
import io.salient.extractor.checkpoint.StoredActivations;
import io.salient.extractor.checkpoint.TokenizerFiles;
import io.salient.torch.SafetensorsException;
import io.salient.torch.SafetensorsFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether a checkpoint folder is written whole: its weights' (or its adapter's) headers cover the
 * files, all shards are present, config.json and the tokenizer are there to their ends, and what
 * the other checkpoints of the run have is there, too: a tokenizer beside an adapter,
 * trainer_state.json, the last thing that a Trainer writes, and activations, which a callback of it
 * writes after that. Where activations are there, nothing else is read and waited for.
 */
final class CheckpointReadiness {
  private static final String TRAINER_STATE = "trainer_state.json";

  /**
   * What a Trainer writes between the weights and its own record, and {@code save_pretrained} not.
   */
  private static final Pattern OF_A_TRAINER =
      Pattern.compile("(training_args|optimizer|scheduler|scaler|rng_state|global_step).*");

  private static final Optional<Missing> CUT_SHORT =
      Optional.of(new Missing("its weights are shorter than their header says", true));

  private CheckpointReadiness() {}

  /**
   * What checkpoints of a run have besides weights and config.json.
   *
   * @param trainerState a trainer_state.json, where a Trainer writes them
   * @param tokenizer a tokenizer of their own
   * @param activationsFrom the lowest step with activations beside its model: later ones will have
   *     them, too; the largest number for none
   */
  record Expected(boolean trainerState, boolean tokenizer, long activationsFrom) {
    /** Only what a model cannot do without. */
    static final Expected NOTHING = new Expected(false, false, Long.MAX_VALUE);

    /** What at least one of them has. */
    static Expected asIn(List<Path> checkpoints) {
      return new Expected(
          checkpoints.stream().anyMatch(folder -> isThere(folder, TRAINER_STATE)),
          checkpoints.stream().anyMatch(TokenizerFiles::areIn),
          checkpoints.stream()
              .filter(Expected::hasActivations)
              .mapToLong(Expected::step)
              .min()
              .orElse(Long.MAX_VALUE));
    }

    private static boolean hasActivations(Path folder) {
      try {
        return StoredActivations.besideModel(folder).isPresent();
      } catch (CheckpointException e) {
        return false; // a link: told when it is that folder's turn
      }
    }

    /** The same, whatever the others have, with a tokenizer where it is due. */
    Expected withTokenizer(boolean due) {
      return new Expected(trainerState, tokenizer || due, activationsFrom);
    }

    private static long step(Path folder) {
      return CheckpointStep.inName(folder).orElse(0);
    }

    private boolean activationsAreDue(Path folder) {
      return step(folder) > activationsFrom && StoredActivations.isModel(folder);
    }
  }

  /**
   * Something that is missing.
   *
   * @param what in words
   * @param cutShort whether a file ends before the place where it says that it ends, as while it is
   *     being written
   */
  record Missing(String what, boolean cutShort) {}

  /** True when nothing is missing, whatever other checkpoints have. */
  static boolean isWhole(Path folder) {
    return missing(folder, Expected.NOTHING).isEmpty();
  }

  /** What is missing, one thing; empty when nothing is. */
  static Optional<Missing> missing(Path folder, Expected expected) {
    Optional<Path> part = StoredActivations.beingWritten(folder);
    if (part.isPresent()) {
      return Optional.of(new Missing(part.get().getFileName() + " is being written", true));
    }
    try {
      Optional<Path> activations = StoredActivations.in(folder);
      if (activations.isPresent()) {
        return StoredActivations.missing(activations.get()).map(what -> new Missing(what, true));
      }
    } catch (CheckpointException e) {
      return missing(e.getMessage());
    }
    boolean adapter = AdapterConfig.isIn(folder) && !CheckpointFolder.hasWholeModel(folder);
    return config(folder, adapter)
        .or(() -> weights(folder, adapter))
        .or(() -> tokenizer(folder, expected.tokenizer()))
        .or(() -> trainerState(folder, expected.trainerState()))
        .or(() -> activations(folder, expected));
  }

  private static Optional<Missing> missing(String what) {
    return Optional.of(new Missing(what, false));
  }

  private static Optional<Missing> config(Path folder, boolean adapter) {
    String name = adapter ? AdapterConfig.FILE : "config.json";
    if (!isThere(folder, name)) {
      return missing(name + " is not there");
    }
    return cut(folder, name);
  }

  private static Optional<Missing> cut(Path folder, String name) {
    return WholeJson.endsEarly(folder.resolve(name))
        ? missing(name + " does not end with its last bracket")
        : Optional.empty();
  }

  private static Optional<Missing> weights(Path folder, boolean adapter) {
    try (SafetensorsFolder weights =
        adapter
            ? SafetensorsFolder.open(folder, AdapterConfig.WEIGHTS_FILE)
            : SafetensorsFolder.open(folder)) {
      return weights.tensors().isEmpty() ? missing("no weights yet") : Optional.empty();
    } catch (SafetensorsException e) {
      return e.code().equals(SafetensorsException.TRUNCATED) ? CUT_SHORT : missing(e.getMessage());
    } catch (InternalError e) {
      return CUT_SHORT; // a header that shrank under the mapping
    }
  }

  private static Optional<Missing> tokenizer(Path folder, boolean expected) {
    if (expected && !TokenizerFiles.areIn(folder)) {
      return missing("its tokenizer is not there");
    }
    return cut(folder, "tokenizer.json").or(() -> cut(folder, "vocab.json"));
  }

  private static Optional<Missing> trainerState(Path folder, boolean expected) {
    boolean missing = expected && isOfATrainer(folder) && !isThere(folder, TRAINER_STATE);
    return missing
        ? missing(TRAINER_STATE + " is not there, as it is in other checkpoints")
        : Optional.empty();
  }

  private static Optional<Missing> activations(Path folder, Expected expected) {
    return expected.activationsAreDue(folder)
        ? missing("its activations are not there, as they are in earlier checkpoints")
        : Optional.empty();
  }

  private static boolean isOfATrainer(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> OF_A_TRAINER.matcher(file.getFileName().toString()).matches());
    } catch (IOException e) {
      return false; // gone
    }
  }

  private static boolean isThere(Path folder, String name) {
    return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }
}
