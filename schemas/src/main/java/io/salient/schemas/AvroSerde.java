package io.salient.schemas;

import io.salient.schemas.avro.CheckpointSaved;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  private final Map<Schema, Kind<T>> kinds = new HashMap<>();
  private final Map<Long, Version<T>> versions = new ConcurrentHashMap<>();

  /** A record as it is written today. */
  private record Kind<T>(
      String name,
      long fingerprint,
      Schema schema,
      SpecificData model,
      SpecificDatumWriter<T> writer) {}

  /** A record as it was written once, read as it is today. */
  private record Version<T>(String name, SpecificDatumReader<T> reader) {
    static <T> Version<T> of(Kind<T> kind, Schema writer) {
      return new Version<>(
          kind.name(), new SpecificDatumReader<>(writer, kind.schema(), kind.model()));
    }
  }

  private AvroSerde(Class<? extends T>[] types) {
    for (Class<? extends T> type : types) {
      // The record's own loader: Avro may live in a parent of it, and would not find the generated
      // classes.
      SpecificData model = new SpecificData(type.getClassLoader());
      Schema schema = model.getSchema(type);
      long fingerprint = SchemaNormalization.parsingFingerprint64(schema);
      Kind<T> kind =
          new Kind<>(
              type.getSimpleName(),
              fingerprint,
              schema,
              model,
              new SpecificDatumWriter<>(schema, model));
      kinds.put(schema, kind);
      versions.put(fingerprint, Version.of(kind, schema));
    }
  }

  /**
   * A serde that writes the given kinds as they are today, reads them as any version wrote them,
   * and refuses all others.
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends SpecificRecord> AvroSerde<T> of(Class<? extends T>... types) {
    return new AvroSerde<>(types);
  }

  /** What it writes, as it is today. */
  public Set<Schema> schemas() {
    return Set.copyOf(kinds.keySet());
  }

  /** Encodes one record. */
  public byte[] encode(T value) {
    Kind<T> kind = kinds.get(value.getSchema());
    if (kind == null) {
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
              .putLong(kind.fingerprint())
              .array());
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      kind.writer().write(value, encoder);
      encoder.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a byte array does not fail
    }
  }

  /**
   * Decodes one record. Fields that its version did not know have their defaults.
   *
   * @throws UndecodableRecordException when the bytes are anything but exactly one record of the
   *     given kinds
   */
  public T decode(byte[] bytes) {
    Version<T> version = versionOf(bytes);
    try {
      BinaryDecoder decoder =
          DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null);
      T value = version.reader().read(null, decoder);
      if (!decoder.isEnd()) {
        throw undecodable("bytes left over after " + version.name(), null);
      }
      return value;
    } catch (IOException
        | AvroRuntimeException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | UnsupportedOperationException e) { // Avro's answer to a length beyond its limits
      throw undecodable("not a whole " + version.name() + " (" + bytes.length + " bytes)", e);
    }
  }

  private Version<T> versionOf(byte[] bytes) {
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
    Version<T> version = versions.get(fingerprint);
    return version == null ? olderVersion(fingerprint) : version;
  }

  private Version<T> olderVersion(long fingerprint) {
    Schema writer = SchemaVersions.find(fingerprint).orElseThrow(() -> unknown(fingerprint));
    Kind<T> kind =
        kinds.values().stream()
            .filter(known -> known.schema().getFullName().equals(writer.getFullName()))
            .findFirst()
            .orElseThrow(() -> unexpected("a " + writer.getName() + " is none of " + names()));
    return versions.computeIfAbsent(fingerprint, unread -> Version.of(kind, writer));
  }

  private UndecodableRecordException unknown(long fingerprint) {
    return unexpected(
        String.format(
            "schema fingerprint %016x is of no version of %s that this Salient knows: the record"
                + " was written by a newer version, which has to read it, or by another program",
            fingerprint, names()));
  }

  private String names() {
    return kinds.values().stream().map(Kind::name).sorted().collect(Collectors.joining(", "));
  }

  private static UndecodableRecordException unexpected(String message) {
    return new UndecodableRecordException(DeadLetterReason.UNEXPECTED_TYPE, message, null);
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
