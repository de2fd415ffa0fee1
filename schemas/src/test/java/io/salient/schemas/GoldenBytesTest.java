package io.salient.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands on a topic today can be read tomorrow: a schema never changes by accident. */
class GoldenBytesTest {
  static List<Class<? extends SpecificRecord>> types() {
    return Specimens.TYPES;
  }

  @ParameterizedTest
  @MethodSource("types")
  void shouldEncodeToTheBytesThatWereCommitted(Class<? extends SpecificRecord> type)
      throws IOException {
    Path golden = GoldenFiles.bytesFile(type);
    assertThat(golden)
        .as("the schema of %s has changed; when that is meant, run GoldenFiles", type)
        .exists();
    assertThat(GoldenFiles.encode(type)).isEqualTo(Files.readAllBytes(golden));
  }

  @ParameterizedTest
  @MethodSource("types")
  <T extends SpecificRecord> void shouldDecodeTheCommittedBytes(Class<T> type) throws IOException {
    // given
    byte[] golden = Files.readAllBytes(GoldenFiles.bytesFile(type));

    // when
    T record = AvroSerde.<T>of(type).decode(golden);

    // then
    assertThat(record).isEqualTo(Specimens.of(type));
    assertThat(ByteBuffer.wrap(golden).getShort()).isEqualTo((short) 0xC301);
  }

  @Test
  void shouldStayReadableBothWaysWithEveryVersion() throws IOException {
    for (Schema version : committedSchemas()) {
      Schema today = today(version.getFullName());
      assertReadable(today, version);
      assertReadable(version, today);
    }
  }

  private static void assertReadable(Schema reader, Schema writer) {
    assertThat(SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType())
        .as("reader %s of writer %s", reader.getFullName(), writer)
        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
  }

  private static Schema today(String name) {
    return Specimens.TYPES.stream()
        .map(Specimens::schema)
        .filter(schema -> schema.getFullName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("record " + name + " is gone"));
  }

  private static List<Schema> committedSchemas() throws IOException {
    List<Schema> schemas = new ArrayList<>();
    try (Stream<Path> files = Files.list(GoldenFiles.FOLDER)) {
      files
          .filter(file -> file.toString().endsWith(".avsc"))
          .forEach(file -> schemas.add(parse(file)));
    }
    assertThat(schemas).hasSizeGreaterThanOrEqualTo(Specimens.TYPES.size());
    return schemas;
  }

  private static Schema parse(Path file) {
    try {
      return new Schema.Parser().parse(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
