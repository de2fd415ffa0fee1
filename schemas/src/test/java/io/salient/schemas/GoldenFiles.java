package io.salient.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecord;

/**
 * The files of every version of every record, kept for good.
 *
 * <p>{@code Record.fingerprint.avsc} is its schema, which readers resolve by; {@code
 * Record.fingerprint.avro} is {@link Specimens#of} in single-object encoding. When a schema has
 * changed on purpose, {@code ./mvnw -pl schemas test -Dsalient.golden.write=true} adds the files of
 * the new version; those of older versions stay.
 */
final class GoldenFiles {
  static final Path BYTES = Path.of("src/test/resources/golden");
  static final Path SCHEMAS = Path.of("src/main/resources/io/salient/schemas/versions");

  private GoldenFiles() {}

  /** Adds what is missing where {@code -Dsalient.golden.write=true} asks for it. */
  static void writeWhenAsked() throws IOException {
    if (Boolean.getBoolean("salient.golden.write")) {
      for (Class<? extends SpecificRecord> type : Specimens.TYPES) {
        writeMissing(bytesFile(type), encode(type));
        writeMissing(
            schemaFile(type), Specimens.schema(type).toString().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static void writeMissing(Path file, byte[] content) throws IOException {
    if (Files.notExists(file)) {
      Files.write(file, content);
    }
  }

  /** Today's bytes of a specimen. */
  static <T extends SpecificRecord> byte[] encode(Class<T> type) {
    return AvroSerde.<T>of(type).encode(Specimens.of(type));
  }

  /** The committed bytes of today's version. */
  static Path bytesFile(Class<? extends SpecificRecord> type) {
    return BYTES.resolve(version(Specimens.schema(type)) + ".avro");
  }

  /** The committed schema of today's version. */
  static Path schemaFile(Class<? extends SpecificRecord> type) {
    return SCHEMAS.resolve(version(Specimens.schema(type)) + ".avsc");
  }

  /**
   * Names of all versions, such as {@code RunStatus.871b87d76b1785a5}, by the files of a folder.
   */
  static List<String> versions(Path folder, String ending) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The schema of a version. */
  static Schema schema(String version) {
    try {
      return new Schema.Parser().parse(SCHEMAS.resolve(version + ".avsc").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String version(Schema schema) {
    return SchemaVersions.name(schema.getName(), SchemaNormalization.parsingFingerprint64(schema));
  }
}
