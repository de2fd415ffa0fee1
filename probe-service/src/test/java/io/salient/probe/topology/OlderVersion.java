package io.salient.probe.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.schemas.AvroSerde;
import io.salient.schemas.avro.SalientRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Writes records as a version of Salient did that is long gone.
 *
 * @param schema of that version
 */
record OlderVersion(Schema schema) {
  private static final int HEADER = 10;

  /** A version by the name of its file, such as {@code ClassProbe.c6ca00b5d783f938}. */
  static OlderVersion of(String version) {
    String resource = "versions/" + version + ".avsc";
    try (InputStream in = AvroSerde.class.getResourceAsStream(resource)) {
      return new OlderVersion(new Schema.Parser().parse(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes all values again. */
  void rewrite(KeyValueStore<Bytes, byte[]> store) {
    List<KeyValue<Bytes, byte[]>> entries = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      all.forEachRemaining(entries::add);
    }
    assertThat(entries).isNotEmpty();
    entries.forEach(entry -> store.put(entry.key, rewritten(entry.value)));
  }

  private byte[] rewritten(byte[] today) {
    Schema writer = SalientRecords.PROTOCOL.getType(schema.getFullName());
    try {
      Object projected =
          new GenericDatumReader<>(writer, schema)
              .read(
                  null,
                  DecoderFactory.get().binaryDecoder(today, HEADER, today.length - HEADER, null));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(
          ByteBuffer.allocate(HEADER)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putShort((short) 0x01C3)
              .putLong(SchemaNormalization.parsingFingerprint64(schema))
              .array());
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      new GenericDatumWriter<>(schema).write(projected, encoder);
      encoder.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
