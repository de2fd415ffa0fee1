package io.salient.extractor.tokenization;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The subword ids that a {@code tokenizer.json} may give: {@code model.vocab}, an object of ids
 * (WordPiece, BPE) or a list whose positions are the ids (Unigram), and {@code added_tokens}.
 */
final class TokenizerVocabulary {
  private TokenizerVocabulary() {}

  /** The largest id, -1 when there is none. */
  static long largestId(JsonNode tokenizer) {
    JsonNode vocabulary = tokenizer.path("model").path("vocab");
    long largest = vocabulary.isArray() ? vocabulary.size() - 1L : -1;
    if (vocabulary.isObject()) {
      for (JsonNode id : vocabulary) {
        largest = Math.max(largest, id.asLong(-1));
      }
    }
    for (JsonNode added : tokenizer.path("added_tokens")) {
      largest = Math.max(largest, added.path("id").asLong(-1));
    }
    return largest;
  }
}
