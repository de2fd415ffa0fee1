package io.salient.extractor.model;

import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.CheckpointFolder;
import io.salient.extractor.model.architecture.Architecture;
import io.salient.extractor.model.architecture.Tensors;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the word embedding of a checkpoint is, from which the prefix of all names follows. Where
 * its own name is missing, it may be stored under the name of a matrix that it is tied to: {@code
 * save_model} of safetensors and {@code save_state} of Accelerate keep one of the names.
 *
 * @param prefix of all names of the encoder's tensors
 * @param name that the architecture has for it, with the prefix
 * @param stored the tensor of the checkpoint that holds it
 */
record WordEmbedding(String prefix, String name, String stored) {
  private static final int NAMED = 5;

  /** Heads that share the word embedding where {@code tie_word_embeddings} is true. */
  private static final Map<String, String> HEADS =
      Map.ofEntries(
          Map.entry("albert", "predictions.decoder.weight"),
          Map.entry("bert", "cls.predictions.decoder.weight"),
          Map.entry("camembert", "lm_head.decoder.weight"),
          Map.entry("deberta-v2", "cls.predictions.decoder.weight"),
          Map.entry("distilbert", "vocab_projector.weight"),
          Map.entry("electra", "generator_lm_head.weight"),
          Map.entry("flaubert", "pred_layer.proj.weight"),
          Map.entry("gpt_neox", "embed_out.weight"),
          Map.entry("modernbert", "decoder.weight"),
          Map.entry("mpnet", "lm_head.decoder.weight"),
          Map.entry("roberta", "lm_head.decoder.weight"),
          Map.entry("xlm-roberta", "lm_head.decoder.weight"),
          Map.entry("xlnet", "lm_loss.weight"));

  private static final String HEAD = "lm_head.weight";

  /** Families that Transformers does not tie unless config.json says so. */
  private static final Set<String> UNTIED =
      Set.of("gpt_neox", "llama", "mistral", "qwen2", "qwen3");

  /** T5's encoder and decoder have one embedding, of three names. */
  private static final List<String> T5 =
      List.of("encoder.embed_tokens.weight", "decoder.embed_tokens.weight");

  /**
   * Finds it.
   *
   * @throws CheckpointException naming what is missing, or all that it may be
   */
  static WordEmbedding find(CheckpointFolder checkpoint, Architecture architecture) {
    Set<String> names = checkpoint.weights().tensors().keySet();
    for (String anchor : architecture.anchors()) {
      Optional<String> found = only(checkpoint, names, anchor);
      if (found.isPresent()) {
        String prefix = before(found.get(), anchor);
        return new WordEmbedding(prefix, found.get(), found.get());
      }
    }
    String name = architecture.anchors().getFirst();
    String prefix = landmark(checkpoint, architecture, names);
    return new WordEmbedding(prefix, prefix + name, tied(checkpoint, names, prefix, name));
  }

  /** The prefix by a tensor of the first block, as the word embedding does not tell it. */
  private static String landmark(
      CheckpointFolder checkpoint, Architecture architecture, Set<String> names) {
    Architecture.Layer first = architecture.layers().getFirst();
    for (Tensors.Entry entry : first.block().tensors().entries()) {
      for (Tensors.Part part : entry.parts()) {
        String landmark = first.prefix() + part.name();
        Optional<String> found = only(checkpoint, names, landmark);
        if (found.isPresent()) {
          return before(found.get(), landmark);
        }
      }
    }
    throw new CheckpointException(
        "weights.tensor",
        checkpoint.path()
            + ": no tensor is called "
            + String.join(" or ", architecture.anchors())
            + " (with any prefix); there are "
            + named(names)
            + WeightAdvice.ofNames(names));
  }

  private static String tied(
      CheckpointFolder checkpoint, Set<String> names, String prefix, String name) {
    String type = checkpoint.config().modelType();
    if (type.equals("t5")) {
      for (String other : T5) {
        if (names.contains(prefix + other)) {
          return prefix + other;
        }
      }
    }
    String head = HEADS.getOrDefault(type, HEAD);
    Optional<String> found = only(checkpoint, names, head);
    boolean tied = checkpoint.config().flag("tie_word_embeddings", !UNTIED.contains(type));
    if (found.isPresent() && tied) {
      return found.get();
    }
    throw new CheckpointException(
        "weights.tensor",
        checkpoint.path()
            + ": the word embedding "
            + prefix
            + name
            + " is missing"
            + (found.isPresent()
                ? "; " + found.get() + " is a head of its own, as tie_word_embeddings is false"
                : "")
            + ": save the model again by save_pretrained");
  }

  /** The one tensor of that name under any prefix; empty when there is none. */
  private static Optional<String> only(
      CheckpointFolder checkpoint, Set<String> names, String wanted) {
    List<String> found =
        names.stream()
            .filter(name -> name.equals(wanted) || name.endsWith("." + wanted))
            .sorted()
            .toList();
    if (found.size() > 1) {
      throw new CheckpointException(
          "weights.tensor",
          checkpoint.path()
              + ": more than one tensor is called "
              + wanted
              + " (with any prefix): "
              + named(found)
              + ": save one model alone");
    }
    return found.stream().findFirst();
  }

  private static String named(Collection<String> names) {
    return names.stream()
        .limit(NAMED)
        .collect(Collectors.joining(", ", "", names.size() > NAMED ? " ..." : ""));
  }

  private static String before(String name, String end) {
    return name.substring(0, name.length() - end.length());
  }
}
