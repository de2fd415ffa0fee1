package io.salient.extractor.checkpoint;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names of tensors without what the wrappers of a model put into them, in whatever order and depth:
 *
 * <pre>
 * _orig_mod.                                            torch.compile
 * module.                                               DataParallel, DDP, DeepSpeed
 * _fsdp_wrapped_module.  _checkpoint_wrapped_module.    FSDP, activation checkpointing
 * base_model.model.                                     PEFT, in front
 * </pre>
 */
final class TensorNames {
  private static final Set<String> WRAPPERS =
      Set.of(
          "_orig_mod",
          "module",
          "_fsdp_wrapped_module",
          "_fpw_module",
          "_checkpoint_wrapped_module");

  private static final Pattern WRAPPER =
      Pattern.compile("(^|.*\\.)(" + String.join("|", WRAPPERS) + ")\\..*");

  private static final String PEFT = "base_model.model.";

  private TensorNames() {}

  /** A name without wrappers. */
  static String unwrapped(String name) {
    String bare = name;
    if (WRAPPER.matcher(name).matches()) {
      bare =
          Arrays.stream(name.split("\\.", -1))
              .filter(part -> !WRAPPERS.contains(part))
              .collect(Collectors.joining("."));
    }
    while (bare.startsWith(PEFT)) {
      bare = bare.substring(PEFT.length());
    }
    return bare;
  }

  /**
   * The names that tensors have in a file, by their names without wrappers.
   *
   * @param folder for messages
   * @throws CheckpointException naming two that would be one
   */
  static Map<String, String> stored(Path folder, Iterable<String> names) {
    Map<String, String> stored = new LinkedHashMap<>();
    for (String name : names) {
      String other = stored.putIfAbsent(unwrapped(name), name);
      if (other != null) {
        throw new CheckpointException(
            "weights.tensor",
            folder
                + ": tensors "
                + other
                + " and "
                + name
                + " are the same but for a wrapper's name: save only one of the models");
      }
    }
    return stored;
  }
}
