package io.salient.extractor.neurox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.salient.schemas.ActivationCodec;
import io.salient.schemas.avro.Encoding;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * NeuroX's JSON lines, one sentence a line. Numbers have the digits that tell a float32 from all
 * others, so that reading gives the same bits (NeuroX rounds to eight decimals).
 *
 * <pre>
 * {"linex_index": 0, "features": [
 *   {"token": "The", "layers": [{"index": 0, "values": [0.25, ...]}, {"index": 1, ...}]}, ...]}
 * </pre>
 *
 * As in NeuroX {@code index} is the position among the stored layers; where layers were chosen,
 * {@code salient_layers} of the line has the layers themselves.
 */
final class JsonLines {
  private static final int BUFFER = 1 << 20;

  private JsonLines() {}

  static void write(Path file, StoredShape shape, List<String> words, VectorRegion region)
      throws IOException {
    JsonFactory factory = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
        JsonGenerator json = factory.createGenerator(stream)) {
      json.setRootValueSeparator(null);
      for (int sentence = 0; sentence < shape.sentences(); sentence++) {
        int start = shape.starts()[sentence];
        ByteBuffer block = region.read(sentence).order(ByteOrder.LITTLE_ENDIAN);
        write(json, shape, sentence, words.subList(start, start + shape.words(sentence)), block);
        json.writeRaw('\n');
      }
    }
  }

  private static void write(
      JsonGenerator json, StoredShape shape, int sentence, List<String> words, ByteBuffer block)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("linex_index", sentence);
    if (!shape.allLayers()) {
      json.writeFieldName(Hdf5Structure.LAYERS);
      json.writeArray(shape.layerNumbers(), 0, shape.layerNumbers().length);
    }
    json.writeArrayFieldStart("features");
    for (int word = 0; word < words.size(); word++) {
      json.writeStartObject();
      json.writeStringField("token", words.get(word));
      json.writeArrayFieldStart("layers");
      for (int k = 0; k < shape.layers(); k++) {
        json.writeStartObject();
        json.writeNumberField("index", k);
        json.writeArrayFieldStart("values");
        int at = (k * words.size() + word) * shape.vectorBytes();
        writeValues(json, shape, block, at);
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeValues(
      JsonGenerator json, StoredShape shape, ByteBuffer block, int start) throws IOException {
    int size = ActivationCodec.size(shape.encoding());
    for (int unit = 0; unit < shape.hiddenSize(); unit++) {
      int at = start + unit * size;
      json.writeNumber(
          shape.encoding() == Encoding.FLOAT16
              ? Float.float16ToFloat(block.getShort(at))
              : block.getFloat(at));
    }
  }
}
