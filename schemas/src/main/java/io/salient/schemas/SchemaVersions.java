package io.salient.schemas;

import io.salient.schemas.avro.SalientRecords;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * The schemas of every version of every record that stands on a topic or in a state store, so that
 * what was once written can always be read.
 *
 * <p>One resource a version, {@code versions/Record.fingerprint.avsc}, where the fingerprint is the
 * CRC-64-AVRO that stands in front of a record. Found ones are kept; unknown fingerprints are not,
 * as anybody can send them. Thread-safe.
 */
public final class SchemaVersions {
  private static final Map<Long, Schema> FOUND = new ConcurrentHashMap<>();

  private SchemaVersions() {}

  /** The schema with this fingerprint; empty when no version known here has it. */
  public static Optional<Schema> find(long fingerprint) {
    Schema known = FOUND.get(fingerprint);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Schema> read =
        SalientRecords.PROTOCOL.getTypes().stream()
            .filter(type -> type.getType() == Schema.Type.RECORD)
            .flatMap(type -> read(type.getName(), fingerprint).stream())
            .findFirst();
    read.ifPresent(schema -> FOUND.put(fingerprint, schema));
    return read;
  }

  /** A version as people call it, and as its files are named. */
  public static String name(String record, long fingerprint) {
    return "%s.%016x".formatted(record, fingerprint);
  }

  private static Optional<Schema> read(String record, long fingerprint) {
    String resource = "versions/" + name(record, fingerprint) + ".avsc";
    try (InputStream in = SchemaVersions.class.getResourceAsStream(resource)) {
      return in == null ? Optional.empty() : Optional.of(new Schema.Parser().parse(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
