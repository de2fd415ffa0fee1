package io.salient.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What to say of a folder without weights: what lies there instead, and what to do about it. */
final class MissingWeights {
  private static final Pattern PICKLE = Pattern.compile(".*\\.(bin|pt|pth|ckpt|pkl|pickle)");

  /** What the Trainer pickles beside the weights. */
  private static final Pattern TRAINER_STATE =
      Pattern.compile("(training_args|optimizer|scheduler|scaler|rng_state).*");

  private static final Pattern FSDP = Pattern.compile("(pytorch_)?model_fsdp.*|.*\\.distcp");
  private static final Pattern ZERO = Pattern.compile("global_step[0-9]+|zero_to_fp32\\.py");
  private static final Pattern SHARD = Pattern.compile("model-[0-9]+-of-[0-9]+\\.safetensors");
  private static final Pattern SAFETENSORS = Pattern.compile(".*\\.safetensors");
  private static final Pattern OTHERS =
      Pattern.compile(".*\\.(gguf|ggml|h5|msgpack|onnx|npz|tflite|index)");

  private MissingWeights() {}

  /**
   * What to throw.
   *
   * @param name of the file that would do
   * @param what which files are not there, such as {@code no adapter_model.safetensors}
   */
  static SafetensorsException of(Path folder, String name, String what) {
    List<String> names = names(folder);
    List<String> pickles =
        names.stream()
            .filter(each -> PICKLE.matcher(each).matches())
            .filter(each -> !TRAINER_STATE.matcher(each).matches())
            .limit(3)
            .toList();
    if (pickles.isEmpty()) {
      return new SafetensorsException(
          SafetensorsException.NO_WEIGHTS, folder, "holds " + what + advice(names, name));
    }
    return new SafetensorsException(
        SafetensorsException.PICKLE,
        folder,
        "holds its weights as "
            + String.join(", ", pickles)
            + " only. Pickle is code; save with safe_serialization=True");
  }

  private static String advice(List<String> names, String name) {
    String fsdp = first(names, FSDP);
    if (fsdp != null) {
      return ", but the shards of FSDP in "
          + fsdp
          + ": join them by `accelerate merge-weights`, or save with FULL_STATE_DICT";
    }
    String zero = first(names, ZERO);
    if (zero != null) {
      return ", but DeepSpeed's "
          + zero
          + ": join its parts by `python zero_to_fp32.py . OUT --safe_serialization`, or train with"
          + " stage3_gather_16bit_weights_on_model_save";
    }
    String shard = first(names, SHARD);
    if (shard != null) {
      return ", but the shard " + shard + ": copy model.safetensors.index.json beside the shards";
    }
    String other = first(names, SAFETENSORS);
    if (other != null) {
      return other.equals("adapter_model.safetensors")
          ? ", but an adapter's " + other + ": copy its adapter_config.json beside it"
          : "; is it " + other + "? Then call it " + name;
    }
    String format = first(names, OTHERS);
    if (format != null) {
      return ", but " + format + ", which is not read: save the PyTorch model by save_pretrained";
    }
    return ": is it a checkpoint, and written whole?";
  }

  private static String first(List<String> names, Pattern pattern) {
    return names.stream().filter(name -> pattern.matcher(name).matches()).findFirst().orElse(null);
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new SafetensorsException(
          SafetensorsException.UNREADABLE, folder, "not a folder that can be read", e);
    }
  }
}
