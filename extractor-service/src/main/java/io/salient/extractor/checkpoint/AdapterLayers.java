package io.salient.extractor.checkpoint;

import io.salient.torch.TensorInfo;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tensors of an adapter, by the tensors of the base model that they change. As PEFT names them,
 * each after {@code base_model.model.}:
 *
 * <pre>
 * PATH.lora_A.weight  r x in     PATH.lora_B.weight  out x r      added to PATH.weight
 * PATH.lora_embedding_A  r x V   PATH.lora_embedding_B  H x r     added to PATH.weight, V x H
 * PATH.weight, PATH.bias and any other                            in place of the base model's
 * </pre>
 *
 * <p>The name of the adapter may stand behind {@code lora_A}, as it does where a training's whole
 * state was saved. PATH is that of the adapted model, see {@link AdaptedNames}.
 *
 * @param updates what is added, by name of the base tensor
 * @param replacements name of the adapter's tensor, by name of the base tensor in whose place it
 *     stands, or by its own where the base model has none (a new head)
 */
record AdapterLayers(Map<String, Update> updates, Map<String, String> replacements) {
  private static final Pattern LORA =
      Pattern.compile("((.+)\\.lora_(embedding_)?)([AB])((\\.(?!weight$)[^.]+)?(\\.weight)?)");
  private static final Pattern OTHER_ADAPTER = Pattern.compile(".*\\.(lora|vera|ia3|hada|lokr)_.*");

  /** The base model's own copy of what {@code modules_to_save} trained. */
  private static final Pattern ORIGINAL = Pattern.compile(".*\\.original_module\\..*");

  /**
   * A product that is added to a weight.
   *
   * @param module path of the layer in the adapted model
   * @param a name of the adapter's r x inputs tensor
   * @param b name of the adapter's outputs x r tensor
   * @param embedding whether the layer is an embedding
   */
  record Update(String module, String a, String b, boolean embedding) {}

  /**
   * Sorts them.
   *
   * @param file where the adapter's tensors are, for messages
   * @throws CheckpointException naming the tensor that fits nothing, or two that fit one
   */
  static AdapterLayers of(Path file, Map<String, TensorInfo> adapter, Set<String> base) {
    AdaptedNames names = new AdaptedNames(file, base);
    Map<String, Update> updates = new TreeMap<>();
    Map<String, String> replacements = new LinkedHashMap<>();
    for (String name : adapter.keySet()) {
      Matcher lora = LORA.matcher(name);
      if (lora.matches()) {
        add(file, lora, adapter, names, updates);
      } else if (!ORIGINAL.matcher(name).matches()) {
        replace(file, name, names, replacements);
      }
    }
    if (adapter.isEmpty()) {
      throw new CheckpointException("adapter.tensor", file + " holds no tensor");
    }
    return new AdapterLayers(updates, replacements);
  }

  /**
   * Refuses a whole model with an adapter in its layers: its weights alone are not the model.
   *
   * @throws CheckpointException naming the tensor
   */
  static void requireNone(Path folder, Collection<String> names) {
    for (String name : names) {
      if (LORA.matcher(name).matches()) {
        throw new CheckpointException(
            "weights.unmerged",
            folder
                + ": tensor "
                + name
                + " is of a LoRA adapter that was not merged: save the model that PEFT's"
                + " merge_and_unload() gives, or the adapter alone by its save_pretrained()");
      }
    }
  }

  private static void add(
      Path file,
      Matcher lora,
      Map<String, TensorInfo> adapter,
      AdaptedNames names,
      Map<String, Update> updates) {
    boolean a = lora.group(4).equals("A");
    String name = lora.group();
    String partner = lora.group(1) + (a ? "B" : "A") + lora.group(5);
    if (!adapter.containsKey(partner)) {
      throw new CheckpointException(
          "adapter.tensor", file + ": tensor " + name + " is there without " + partner);
    }
    if (a) {
      String module = AdaptedNames.path(lora.group(2));
      String target = names.adapted(name, module + ".weight");
      Update update = new Update(module, name, partner, lora.group(3) != null);
      Update other = target == null ? null : updates.put(target, update);
      if (other != null) {
        throw twice(file, other.a(), name, target);
      }
    }
  }

  private static void replace(
      Path file, String name, AdaptedNames names, Map<String, String> replacements) {
    if (OTHER_ADAPTER.matcher(name).matches()) {
      throw new CheckpointException(
          "adapter.tensor",
          file
              + ": tensor "
              + name
              + " is not of a plain LoRA adapter: merge it with PEFT's"
              + " merge_and_unload() and save the whole model");
    }
    String target = names.replaced(name);
    String other = replacements.put(target, name);
    if (other != null) {
      throw twice(file, other, name, target);
    }
  }

  private static CheckpointException twice(Path file, String one, String other, String target) {
    return new CheckpointException(
        "adapter.tensor",
        file
            + ": tensors "
            + one
            + " and "
            + other
            + " both change the base model's "
            + target
            + ": save one adapter, of the language model alone");
  }
}
