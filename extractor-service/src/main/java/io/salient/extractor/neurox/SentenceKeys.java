package io.salient.extractor.neurox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The JSON object {@code sentence_to_index} of NeuroX's HDF5 files: from the text of a sentence to
 * the name of its dataset. NeuroX's loader takes the sentences in the order of this object, so it
 * is written in theirs. A sentence that comes again gets the key {@code "text (Occurrence 2)"}, as
 * NeuroX 1.0.9 and later name it; without that it would be missing.
 */
final class SentenceKeys {
  private SentenceKeys() {}

  /**
   * Writes it.
   *
   * @param words by corpus word index
   * @return ASCII, other characters escaped as NeuroX has them
   */
  static byte[] json(StoredShape shape, List<String> words) {
    Map<String, Integer> occurrences = new HashMap<>();
    Set<String> keys = new HashSet<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonFactory factory = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    try (JsonGenerator json = factory.createGenerator(bytes)) {
      json.writeStartObject();
      for (int sentence = 0; sentence < shape.sentences(); sentence++) {
        int start = shape.starts()[sentence];
        String text = String.join(" ", words.subList(start, start + shape.words(sentence)));
        String key = text;
        while (!keys.add(key)) {
          key =
              text + " (Occurrence " + occurrences.merge(text, 2, (before, _) -> before + 1) + ")";
        }
        json.writeStringField(key, Integer.toString(sentence));
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }
}
