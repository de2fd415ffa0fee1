package io.salient.streams.state;

import io.salient.schemas.SchemaVersions;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** How the entries of a state store are written, and which older ways of it can still be read. */
public sealed interface StateFormat {
  /** What is written today, such as {@code progress.1} or {@code ProbeReport.1586ddb3691e0d9f}. */
  String text();

  /** True when entries in a format, given as {@link #text}, can be read. */
  boolean reads(String format);

  /** A layout of ours that counts its versions. */
  static StateFormat numbered(String name, int version) {
    return new Numbered(name, version);
  }

  /** A record of the contract. */
  static StateFormat of(Class<? extends SpecificRecord> type) {
    Schema schema = new SpecificData(type.getClassLoader()).getSchema(type);
    return new OfRecord(type.getSimpleName(), SchemaNormalization.parsingFingerprint64(schema));
  }

  /**
   * See {@link #numbered}.
   *
   * @param name of the layout
   * @param version the one that is written; lower ones can be read
   */
  record Numbered(String name, int version) implements StateFormat {
    private static final Pattern FORMAT = Pattern.compile("(.+)\\.([0-9]{1,9})");

    @Override
    public String text() {
      return name + "." + version;
    }

    @Override
    public boolean reads(String format) {
      Matcher parts = FORMAT.matcher(format);
      return parts.matches()
          && parts.group(1).equals(name)
          && Integer.parseInt(parts.group(2)) <= version;
    }
  }

  /**
   * See {@link #of}.
   *
   * @param name of the record
   * @param fingerprint of the schema that is written
   */
  record OfRecord(String name, long fingerprint) implements StateFormat {
    private static final Pattern FORMAT = Pattern.compile("(.+)\\.([0-9a-f]{16})");

    @Override
    public String text() {
      return SchemaVersions.name(name, fingerprint);
    }

    @Override
    public boolean reads(String format) {
      Matcher parts = FORMAT.matcher(format);
      return parts.matches()
          && parts.group(1).equals(name)
          && known(Long.parseUnsignedLong(parts.group(2), 16));
    }

    private boolean known(long written) {
      Optional<Schema> schema = SchemaVersions.find(written);
      return schema.isPresent() && schema.get().getName().equals(name);
    }
  }
}
