package io.salient.schemas;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecord;

/**
 * The bytes of every version of every record, kept for good.
 *
 * <p>{@code Record.fingerprint.avro} is {@link Specimens#of} in single-object encoding, {@code
 * Record.fingerprint.avsc} its schema. When a schema has changed on purpose, {@link #main} adds the
 * files of the new version; those of older versions stay, as readers must read them for ever.
 */
final class GoldenFiles {
  static final Path FOLDER = Path.of("src/test/resources/golden");

  private GoldenFiles() {}

  /** Adds what is missing; run it in the module's folder. */
  public static void main(String[] arguments) throws IOException {
    Files.createDirectories(FOLDER);
    for (Class<? extends SpecificRecord> type : Specimens.TYPES) {
      writeMissing(bytesFile(type), encode(type));
      writeMissing(
          schemaFile(type), Specimens.schema(type).toString().getBytes(StandardCharsets.UTF_8));
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
    return FOLDER.resolve(stem(type) + ".avro");
  }

  private static Path schemaFile(Class<? extends SpecificRecord> type) {
    return FOLDER.resolve(stem(type) + ".avsc");
  }

  private static String stem(Class<? extends SpecificRecord> type) {
    Schema schema = Specimens.schema(type);
    return "%s.%016x"
        .formatted(type.getSimpleName(), SchemaNormalization.parsingFingerprint64(schema));
  }
}
