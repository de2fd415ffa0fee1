package io.salient.schemas;

import io.salient.schemas.avro.CheckpointSaved;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Avro's single-object encoding as a Kafka serde, for a topic or a store that holds several kinds
 * of records.
 *
 * <pre>
 * offset 0   2 bytes   C3 01
 * offset 2   8 bytes   CRC-64-AVRO fingerprint of the writer's schema, little-endian
 * offset 10  the rest  the record in Avro's binary encoding; nothing may follow it
 * </pre>
 *
 * <p>Thread-safe. {@code null} encodes to {@code null} and back.
 *
 * @param <T> what all records of the topic have in common
 */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {
  private static final int HEADER = 10;
  private static final int MAX_BYTES = 32 << 20;
  private static final int MAX_ITEMS = 2 << 20;

  static {
    // A length prefix is read before what it announces: without limits, 5 bytes could ask for 2 GiB
    // (CVE-2023-39410).
    limit("org.apache.avro.limits.bytes.maxLength", MAX_BYTES);
    limit("org.apache.avro.limits.string.maxLength", MAX_BYTES);
    limit("org.apache.avro.limits.collectionItems.maxLength", MAX_ITEMS);
    trustRecordsOf(CheckpointSaved.class.getPackageName());
  }

  private final Map<Long, Type<T>> byFingerprint = new HashMap<>();
  private final Map<Schema, Type<T>> bySchema = new HashMap<>();

  private record Type<T>(
      long fingerprint,
      SpecificDatumReader<T> reader,
      SpecificDatumWriter<T> writer,
      String name) {}

  private AvroSerde(Class<? extends T>[] types) {
    for (Class<? extends T> type : types) {
      // The record's own loader: Avro may live in a parent of it, and would not find the generated
      // classes.
      SpecificData model = new SpecificData(type.getClassLoader());
      Schema schema = model.getSchema(type);
      long fingerprint = SchemaNormalization.parsingFingerprint64(schema);
      Type<T> entry =
          new Type<>(
              fingerprint,
              new SpecificDatumReader<>(schema, schema, model),
              new SpecificDatumWriter<>(schema, model),
              type.getSimpleName());
      byFingerprint.put(fingerprint, entry);
      bySchema.put(schema, entry);
    }
  }

  /** A serde that reads and writes the given kinds and refuses all others. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends SpecificRecord> AvroSerde<T> of(Class<? extends T>... types) {
    return new AvroSerde<>(types);
  }

  /** Encodes one record. */
  public byte[] encode(T value) {
    Type<T> type = bySchema.get(value.getSchema());
    if (type == null) {
      throw new IllegalArgumentException(
          "this serde holds " + names() + ", not " + value.getSchema().getName());
    }
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(
          ByteBuffer.allocate(HEADER)
              .order(ByteOrder.LITTLE_ENDIAN)
              .put((byte) 0xC3)
              .put((byte) 0x01)
              .putLong(type.fingerprint())
              .array());
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      type.writer().write(value, encoder);
      encoder.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a byte array does not fail
    }
  }

  /**
   * Decodes one record.
   *
   * @throws UndecodableRecordException when the bytes are anything but exactly one record of the
   *     given kinds
   */
  public T decode(byte[] bytes) {
    Type<T> type = typeOf(bytes);
    try {
      BinaryDecoder decoder =
          DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null);
      T value = type.reader().read(null, decoder);
      if (!decoder.isEnd()) {
        throw undecodable("bytes left over after " + type.name(), null);
      }
      return value;
    } catch (IOException
        | AvroRuntimeException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | UnsupportedOperationException e) { // Avro's answer to a length beyond its limits
      throw undecodable("not a whole " + type.name() + " (" + bytes.length + " bytes)", e);
    }
  }

  private Type<T> typeOf(byte[] bytes) {
    if (bytes.length < HEADER) {
      throw undecodable(
          "too short: " + bytes.length + " bytes, a record has at least " + HEADER, null);
    }
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (header.getShort() != (short) 0x01C3) {
      throw undecodable(
          "does not start with C3 01, the mark of Avro's single-object encoding", null);
    }
    long fingerprint = header.getLong();
    Type<T> type = byFingerprint.get(fingerprint);
    if (type == null) {
      throw new UndecodableRecordException(
          DeadLetterReason.UNEXPECTED_TYPE,
          String.format("schema fingerprint %016x is none of %s", fingerprint, names()),
          null);
    }
    return type;
  }

  private String names() {
    return byFingerprint.values().stream()
        .map(Type::name)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static UndecodableRecordException undecodable(String message, Throwable cause) {
    return new UndecodableRecordException(DeadLetterReason.UNDECODABLE, message, cause);
  }

  /** Avro makes instances of named classes only where they are trusted (CVE-2024-47561). */
  private static void trustRecordsOf(String packageName) {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), type -> type.getPackageName().equals(packageName)));
  }

  private static void limit(String property, int value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Integer.toString(value));
    }
  }

  @Override
  public Serializer<T> serializer() {
    return (topic, value) -> value == null ? null : encode(value);
  }

  @Override
  public Deserializer<T> deserializer() {
    return (topic, bytes) -> bytes == null ? null : decode(bytes);
  }
}
