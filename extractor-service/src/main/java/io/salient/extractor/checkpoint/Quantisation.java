package io.salient.extractor.checkpoint;

import io.salient.torch.TensorInfo;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Weights in few bits, which are not read: how they are told, and what to do with them. */
public final class Quantisation {
  /** What to do about them. */
  public static final String WAY_OUT =
      "Quantised weights are not read: save the model in 16 bits (dequantize() and save_pretrained"
          + " of Transformers), or let the live model write its activations (docs/neurox.md)";

  /** Fields of config.json that say so. */
  private static final String[] FIELDS = {"quantization_config", "compression_config"};

  /**
   * What GPTQ, AWQ, bitsandbytes, compressed-tensors, FP8, MXFP4, HQQ, Quanto and torchao store
   * beside or instead of weights.
   */
  private static final Pattern PART =
      Pattern.compile(
          ".*\\.(qweight|qzeros|g_idx|weight_packed|weight_shape|weight_scale(_inv)?|weight_scales"
              + "|weight_zero_point|SCB|weight_format|absmax|quant_map|weight\\.quant_.*"
              + "|weight\\.absmax|weight\\.nested_.*|weight_blocks|W_q|weight\\._(data|scale)"
              + "|weight:_.*|_packed_params.*)");

  private Quantisation() {}

  /**
   * Refuses them, by the configuration or by the names of the tensors.
   *
   * @throws CheckpointException naming the field or the tensor, and the way out
   */
  public static void requireNone(CheckpointFolder checkpoint) {
    Collection<TensorInfo> tensors = checkpoint.weights().tensors().values();
    Optional<String> part = first(tensors, tensor -> PART.matcher(tensor.name()).matches());
    for (String field : FIELDS) {
      if (checkpoint.config().has(field)) {
        Optional<String> narrow = part.or(() -> first(tensors, Quantisation::isFewBits));
        throw checkpoint.config().refused(field, "is there, " + why(narrow));
      }
    }
    if (part.isPresent()) {
      throw new CheckpointException(
          "weights.quantised",
          checkpoint.path() + ": tensor " + part.get() + " is there. " + WAY_OUT);
    }
  }

  private static String why(Optional<String> tensor) {
    return tensor.isPresent()
        ? "and tensor " + tensor.get() + ". " + WAY_OUT
        : "but no quantised tensor: where the weights were merged in 16 bits, remove the field from"
            + " config.json. "
            + WAY_OUT;
  }

  private static Optional<String> first(
      Collection<TensorInfo> tensors, Predicate<TensorInfo> wanted) {
    return tensors.stream().filter(wanted).map(TensorInfo::name).findFirst();
  }

  private static boolean isFewBits(TensorInfo tensor) {
    return tensor.name().endsWith(".weight") && !tensor.dtype().supported();
  }
}
