package io.salient.extractor.tokenization;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes every word of a list be tokenised as it stands after a blank, which most vocabularies tell
 * from a beginning in the middle of a word:
 *
 * <pre>
 * byte-level BPE (GPT-2, RoBERTa, ModernBERT, Pythia)   add_prefix_space is set in the tokenizer
 * the same behind another split (Llama 3, Qwen)         a blank is put before each word
 * Metaspace always or first, Prepend (T5, XLM-R, Llama) the tokenizer does it
 * Metaspace never, or blanks replaced only (Gemma)      a blank is put before each word
 * WordPiece                                             knows words only by themselves
 * </pre>
 *
 * The first word of a sentence is no exception, so that the same word always has the same subwords.
 */
final class BlankBeforeWords {
  private static final String PREFIX_SPACE = "add_prefix_space";

  private BlankBeforeWords() {}

  /**
   * Sets {@code add_prefix_space} where that is all it takes.
   *
   * @return whether a blank has to be put before each word
   */
  static boolean require(ObjectNode tokenizer) {
    List<JsonNode> splits = flat(tokenizer.path("pre_tokenizer"), "pretokenizers");
    if (!splits.isEmpty() && isA(splits.getFirst(), "ByteLevel")) {
      ((ObjectNode) splits.getFirst()).put(PREFIX_SPACE, true);
      return false;
    }
    for (JsonNode split : splits) {
      if (isA(split, "ByteLevel")) {
        return !split.path(PREFIX_SPACE).asBoolean(true);
      }
      if (isA(split, "Metaspace")) {
        return split.has("prepend_scheme")
            ? split.path("prepend_scheme").asText().equals("never")
            : !split.path(PREFIX_SPACE).asBoolean(true);
      }
    }
    List<JsonNode> normalizers = flat(tokenizer.path("normalizer"), "normalizers");
    return normalizers.stream().noneMatch(n -> isA(n, "Prepend"))
        && normalizers.stream().anyMatch(BlankBeforeWords::marksBlanks);
  }

  private static boolean marksBlanks(JsonNode normalizer) {
    return isA(normalizer, "Replace")
        && normalizer.path("pattern").path("String").asText().equals(" ")
        && !normalizer.path("content").asText().isBlank();
  }

  private static List<JsonNode> flat(JsonNode node, String parts) {
    if (!isA(node, "Sequence")) {
      return node.isObject() ? List.of(node) : List.of();
    }
    List<JsonNode> all = new ArrayList<>();
    node.path(parts).forEach(part -> all.addAll(flat(part, parts)));
    return all;
  }

  private static boolean isA(JsonNode node, String type) {
    return node.path("type").asText().equals(type);
  }
}
