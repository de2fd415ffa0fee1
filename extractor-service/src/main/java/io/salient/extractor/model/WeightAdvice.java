package io.salient.extractor.model;

import ai.djl.ndarray.types.Shape;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** The usual cause of weights that are not what config.json asks for, and the way out. */
final class WeightAdvice {
  private static final String ZERO =
      ": the weights of ZeRO stage 3 were saved without being gathered; join them by `python"
          + " zero_to_fp32.py . OUT --safe_serialization`, or train with"
          + " stage3_gather_16bit_weights_on_model_save";
  private static final String FSDP =
      ": the weights of FSDP were saved flat; save with FULL_STATE_DICT, or join them by"
          + " `accelerate merge-weights`";
  private static final String MERGE =
      ": an adapter of PEFT was not taken out; save what merge_and_unload() gives";
  private static final String PLAIN = ": save the layer with its weight as one plain tensor";
  private static final int NAMED = 3;
  private static final Pattern FLAT = Pattern.compile("(.*[._])?_?flat_param(_.*)?");

  private WeightAdvice() {}

  /**
   * For a tensor of another shape.
   *
   * @param vocabulary whether it is the word embedding
   */
  static String ofShape(Shape found, Shape expected, boolean vocabulary) {
    if (found.size() <= 1 && expected.size() > 1) {
      return ZERO;
    }
    if (found.dimension() == 1 && expected.dimension() > 1) {
      return FSDP;
    }
    if (vocabulary && found.dimension() == 2 && found.get(1) == expected.get(1)) {
      return ": the vocabulary was resized and config.json is of before; set vocab_size to "
          + found.get(0)
          + " there, or save the model again by save_pretrained";
    }
    return "";
  }

  /** For a tensor that is not there: what the file has in the same module. */
  static String ofMissing(String name, Collection<String> names) {
    String module = name.substring(0, name.lastIndexOf('.') + 1);
    List<String> there =
        names.stream().filter(other -> !module.isEmpty() && other.startsWith(module)).toList();
    List<String> parts =
        there.stream().filter(other -> !other.endsWith(".bias")).sorted().limit(NAMED).toList();
    if (parts.isEmpty()) {
      return "";
    }
    String layer = parts.stream().anyMatch(part -> part.contains(".base_layer.")) ? MERGE : PLAIN;
    return "; there are " + String.join(", ", parts) + layer;
  }

  /** For a checkpoint without the names of the model. */
  static String ofNames(Collection<String> names) {
    return names.stream().anyMatch(name -> FLAT.matcher(name).matches()) ? FSDP : "";
  }
}
