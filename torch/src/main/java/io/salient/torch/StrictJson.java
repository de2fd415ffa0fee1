package io.salient.torch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * JSON from a file that nobody vouches for: streamed, strictly UTF-8, no name twice, and bounded in
 * depth, in the length of names, strings and numbers, and as a whole.
 */
final class StrictJson {
  /** Bytes that a header or an index may have; the limit of the safetensors library. */
  static final int MAX_BYTES = 100_000_000;

  private static final int MAX_DEPTH = 8;

  /** Characters of a name; Jackson itself looks only at names in its table. */
  static final int MAX_NAME = 4_096;

  private static final int MAX_STRING = 65_536;
  private static final int MAX_NUMBER = 20;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          // A table of names shared by all files would grow with what strangers call their tensors.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(MAX_BYTES)
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_STRING)
                  .maxNumberLength(MAX_NUMBER)
                  .build())
          .build();

  private StrictJson() {}

  /** Broken in a way that a parser does not see; caught beside Jackson's own exceptions. */
  static final class UnexpectedJsonException extends IOException {
    private static final long serialVersionUID = 1L;

    UnexpectedJsonException(String message) {
      super(message);
    }
  }

  /** A parser over UTF-8 bytes; malformed bytes are an IOException. */
  static JsonParser parser(InputStream bytes) throws IOException {
    return FACTORY.createParser(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()));
  }

  /** Refuses any token but the wanted one. */
  static void expect(JsonToken wanted, JsonToken found, String what) throws IOException {
    if (found != wanted) {
      throw new UnexpectedJsonException(what + " must be " + named(wanted));
    }
  }

  /** An integer that fits 64 bits and is not negative. */
  static long naturalNumber(JsonParser json, String what) throws IOException {
    expect(JsonToken.VALUE_NUMBER_INT, json.currentToken(), what);
    long number = json.getLongValue(); // an InputCoercionException beyond 64 bits
    if (number < 0) {
      throw new UnexpectedJsonException(what + " is negative: " + number);
    }
    return number;
  }

  /** True when this is the parser's complaint about a name that stands twice. */
  static boolean isDuplicate(IOException e) {
    return e.getMessage() != null && e.getMessage().startsWith("Duplicate field");
  }

  private static String named(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT -> "a whole number";
      default -> token.name();
    };
  }
}
