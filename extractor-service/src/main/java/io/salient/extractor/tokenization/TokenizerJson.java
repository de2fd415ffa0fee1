package io.salient.extractor.tokenization;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.salient.extractor.checkpoint.CheckpointException;
import io.salient.extractor.checkpoint.TokenizerFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A tokenizer in the format of {@code tokenizer.json}, read or made out of a vocabulary. */
final class TokenizerJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
              .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(64)
                      .maxStringLength(64 << 20) // a normaliser's table is one string
                      .build())
              .build());

  private TokenizerJson() {}

  /**
   * Reads or makes its bytes.
   *
   * @throws CheckpointException when that cannot be done
   */
  static byte[] read(TokenizerFiles files) {
    return switch (files.kind()) {
      case JSON -> files.content();
      case WORD_PIECE -> bytes(WordPieceJson.of(files));
      case BYTE_LEVEL_BPE -> bytes(ByteLevelJson.of(files));
    };
  }

  /** Reads it from the content of a file. */
  static ObjectNode parse(Path file, byte[] content) {
    try {
      if (MAPPER.readTree(content) instanceof ObjectNode root) {
        return root;
      }
      throw noTokenizer(file, "not a JSON object", null);
    } catch (JsonProcessingException e) {
      throw noTokenizer(file, e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw noTokenizer(file, e.getMessage(), e);
    }
  }

  static CheckpointException noTokenizer(Path file, String why, Throwable cause) {
    return new CheckpointException("tokenizer.invalid", file + " is no tokenizer: " + why, cause);
  }

  /** The bytes of a {@code tokenizer.json}. */
  static byte[] bytes(JsonNode json) {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // a tree always has a text
    }
  }

  /**
   * Lines as Python reads them: ended by LF, CRLF or CR and by nothing else, so that subwords may
   * hold Unicode's other line ends.
   */
  static List<String> lines(Path file, byte[] content) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw noTokenizer(file, "not UTF-8", e);
    }
    List<String> lines = new ArrayList<>(List.of(text.split("\r\n|\n|\r", -1)));
    if (lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return lines;
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }
}
