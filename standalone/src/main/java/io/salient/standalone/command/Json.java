package io.salient.standalone.command;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;

/** JSON as the REST answers have it. */
final class Json {
  private static final ObjectWriter WRITER =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false)
          .writer();

  private Json() {}

  static String text(Object view) {
    try {
      return WRITER.writeValueAsString(view);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // our own records
    }
  }
}
