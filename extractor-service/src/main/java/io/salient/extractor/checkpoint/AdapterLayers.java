package io.salient.extractor.checkpoint;

import io.salient.torch.TensorInfo;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
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
 * <p>PATH is that of the adapted model; the base model's folder may have the same tensors under a
 * longer or shorter prefix ({@code bert.encoder...} and {@code encoder...}).
 *
 * @param updates what is added, by name of the base tensor
 * @param replacements name of the adapter's tensor, by name of the base tensor in whose place it
 *     stands, or by its own where the base model has none (a new head)
 */
record AdapterLayers(Map<String, Update> updates, Map<String, String> replacements) {
  private static final Pattern LORA =
      Pattern.compile("((.+)\\.lora_(embedding_)?)([AB])(\\.weight)?");
  private static final Pattern KNOWN_PREFIX = Pattern.compile("^(base_model\\.model\\.)?");
  private static final Pattern OTHER_ADAPTER = Pattern.compile(".*\\.(lora|vera|ia3|hada|lokr)_.*");

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
   * @throws CheckpointException naming the tensor that fits nothing
   */
  static AdapterLayers of(Path file, Map<String, TensorInfo> adapter, Set<String> base) {
    Map<String, Update> updates = new TreeMap<>();
    Map<String, String> replacements = new LinkedHashMap<>();
    for (String name : adapter.keySet()) {
      Matcher lora = LORA.matcher(name);
      if (lora.matches()) {
        add(file, lora, adapter, base, updates);
      } else {
        replace(file, name, base, replacements);
      }
    }
    if (updates.isEmpty() && replacements.isEmpty()) {
      throw new CheckpointException("adapter.tensor", file + " holds no tensor");
    }
    return new AdapterLayers(updates, replacements);
  }

  private static void add(
      Path file,
      Matcher lora,
      Map<String, TensorInfo> adapter,
      Set<String> base,
      Map<String, Update> updates) {
    boolean a = lora.group(4).equals("A");
    String name = lora.group();
    String partner = lora.group(1) + (a ? "B" : "A") + (lora.group(5) == null ? "" : lora.group(5));
    if (!adapter.containsKey(partner)) {
      throw new CheckpointException(
          "adapter.tensor", file + ": tensor " + name + " is there without " + partner);
    }
    if (a) {
      String module = path(lora.group(2));
      String target = find(file, module + ".weight", base);
      if (target == null) {
        throw unmatched(file, name, module + ".weight");
      }
      updates.put(target, new Update(module, name, partner, lora.group(3) != null));
    }
  }

  private static void replace(
      Path file, String name, Set<String> base, Map<String, String> replacements) {
    if (OTHER_ADAPTER.matcher(name).matches()) {
      throw new CheckpointException(
          "adapter.tensor",
          file
              + ": tensor "
              + name
              + " is not of a plain LoRA adapter: merge it with PEFT's"
              + " merge_and_unload() and save the whole model");
    }
    String path = path(name);
    String target = find(file, path, base);
    replacements.put(target == null ? path : target, name);
  }

  private static String path(String name) {
    return KNOWN_PREFIX
        .matcher(name)
        .replaceFirst("")
        .replace(".modules_to_save.", ".")
        .replace(".base_layer.", ".");
  }

  /** The base tensor of that path under any prefix; null when there is none. */
  private static String find(Path file, String path, Set<String> base) {
    if (base.contains(path)) {
      return path;
    }
    List<String> found =
        base.stream()
            .filter(name -> name.endsWith("." + path) || path.endsWith("." + name))
            .toList();
    if (found.size() > 1) {
      throw new CheckpointException(
          "adapter.tensor",
          file
              + ": "
              + path
              + " may be any of the base model's "
              + found
              + ": the adapter is of"
              + " another model");
    }
    return found.isEmpty() ? null : found.getFirst();
  }

  private static CheckpointException unmatched(Path file, String name, String path) {
    return new CheckpointException(
        "adapter.tensor",
        file
            + ": tensor "
            + name
            + " adapts "
            + path
            + ", which the base model does not have:"
            + " give the model that the adapter was trained on (salient.extractor.base-model)");
  }
}
