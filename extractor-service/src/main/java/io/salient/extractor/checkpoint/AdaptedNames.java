package io.salient.extractor.checkpoint;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which tensor of the base model an adapter's tensor means. The two may differ by what wrappers put
 * into names, and by the name under which a model with a head keeps the model without one ({@code
 * bert.encoder...} and {@code encoder...}); by nothing else, as the end of a name may be that of
 * another tower's.
 */
final class AdaptedNames {
  /** {@code base_model_prefix} of the families, and what sentence-transformers puts there. */
  private static final List<String> PREFIXES =
      List.of(
          "model.",
          "bert.",
          "roberta.",
          "transformer.",
          "distilbert.",
          "electra.",
          "albert.",
          "deberta.",
          "gpt_neox.",
          "mpnet.",
          "auto_model.",
          "0.auto_model.",
          "0.model.");

  /** Beginnings of the paths of heads, which no hidden state depends on. */
  private static final Pattern HEAD =
      Pattern.compile(
          "(lm_head|embed_out|cls|classifier|pre_classifier|score|predictions|lm_loss|pred_layer"
              + "|vocab_(projector|transform)|generator_(lm_head|predictions)|qa_outputs"
              + "|(\\w+\\.)?pooler)\\..*");

  private static final int NAMED = 2;

  private final Path file;
  private final Set<String> base;

  /**
   * @param file where the adapter's tensors are, for messages
   * @param base names of the base model's tensors
   */
  AdaptedNames(Path file, Set<String> base) {
    this.file = file;
    this.base = base;
  }

  /** Path of a module or tensor in the adapted model, without what PEFT and wrappers put there. */
  static String path(String name) {
    return TensorNames.unwrapped(name)
        .replaceFirst("\\.modules_to_save\\.(default\\.)?", ".")
        .replace(".base_layer", "");
  }

  /**
   * The base tensor of a path; null for a head or pooler that the base model does not have, as
   * where it is tied to the word embedding.
   *
   * @param name of the adapter's tensor
   * @throws CheckpointException naming both when there is none or more than one
   */
  String adapted(String name, String path) {
    String found = find(path);
    if (found == null && !HEAD.matcher(path).matches()) {
      throw unmatched(name, path);
    }
    return found;
  }

  /**
   * The base tensor in whose place one stands; the path itself where it is of a new head.
   *
   * @throws CheckpointException when it looks like a base tensor of another prefix
   */
  String replaced(String name) {
    String path = path(name);
    String found = find(path);
    if (found == null && !alike(path).isEmpty()) {
      throw unmatched(name, path);
    }
    return found == null ? path : found;
  }

  private String find(String path) {
    if (base.contains(path)) {
      return path;
    }
    Set<String> found = new LinkedHashSet<>();
    addAll(path, found);
    for (String prefix : PREFIXES) {
      if (path.startsWith(prefix)) {
        addAll(path.substring(prefix.length()), found);
      }
    }
    found.retainAll(base);
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
    return found.isEmpty() ? null : found.iterator().next();
  }

  private static void addAll(String rest, Set<String> names) {
    names.add(rest);
    PREFIXES.forEach(prefix -> names.add(prefix + rest));
  }

  private List<String> alike(String path) {
    return base.stream()
        .filter(name -> name.endsWith("." + path) || path.endsWith("." + name))
        .limit(NAMED)
        .toList();
  }

  private CheckpointException unmatched(String name, String path) {
    List<String> alike = alike(path);
    return new CheckpointException(
        "adapter.tensor",
        file
            + ": tensor "
            + name
            + " adapts "
            + path
            + ", which the base model does not have"
            + (alike.isEmpty() ? "" : "; under another prefix it has " + String.join(", ", alike))
            + ": give the model that the adapter was trained on (salient.extractor.base-model), or"
            + " save an adapter of the language model alone");
  }
}
