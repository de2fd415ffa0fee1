package io.salient.extractor.tokenization;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * The subword ids that a {@code tokenizer.json} may give: {@code model.vocab}, an object of ids
 * (WordPiece, BPE) or a list whose positions are the ids (Unigram), and {@code added_tokens}.
 */
final class TokenizerVocabulary {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private TokenizerVocabulary() {}

  /**
   * The largest id, -1 when there is none.
   *
   * @param json content of the file, already known to be a tokenizer
   * @throws IOException when it is no JSON
   */
  static long largestId(byte[] json) throws IOException {
    JsonNode root = MAPPER.readTree(json);
    JsonNode vocabulary = root.path("model").path("vocab");
    long largest = vocabulary.isArray() ? vocabulary.size() - 1L : -1;
    if (vocabulary.isObject()) {
      for (JsonNode id : vocabulary) {
        largest = Math.max(largest, id.asLong(-1));
      }
    }
    for (JsonNode added : root.path("added_tokens")) {
      largest = Math.max(largest, added.path("id").asLong(-1));
    }
    return largest;
  }
}
