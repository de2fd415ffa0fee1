package io.salient.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What any version wrote can be read for good, and a schema never changes by accident. How to add a
 * version: {@link GoldenFiles}.
 */
class GoldenBytesTest {
  /** FULL_TRANSITIVE: every version reads every other. */
  private static final SchemaValidator EVERY_VERSION =
      new SchemaValidatorBuilder().mutualReadStrategy().validateAll();

  @BeforeAll
  static void writeWhenAsked() throws IOException {
    GoldenFiles.writeWhenAsked();
  }

  static List<Class<? extends SpecificRecord>> types() {
    return Specimens.TYPES;
  }

  static List<String> versions() {
    return GoldenFiles.versions(GoldenFiles.BYTES, ".avro");
  }

  @ParameterizedTest
  @MethodSource("types")
  void shouldKeepTheFilesOfTheSchemaAsItIs(Class<? extends SpecificRecord> type)
      throws IOException {
    String how =
        "the schema of %s has changed; when that is meant: ./mvnw -pl schemas test"
            + " -Dsalient.golden.write=true, and commit what it adds";
    assertThat(GoldenFiles.schemaFile(type)).as(how, type.getSimpleName()).exists();
    assertThat(GoldenFiles.bytesFile(type)).as(how, type.getSimpleName()).exists();
    assertThat(GoldenFiles.encode(type))
        .isEqualTo(Files.readAllBytes(GoldenFiles.bytesFile(type)))
        .startsWith(0xC3, 0x01);
  }

  @Test
  void shouldKeepSchemaAndBytesOfEveryVersion() {
    assertThat(GoldenFiles.versions(GoldenFiles.SCHEMAS, ".avsc")).isEqualTo(versions());
    assertThat(versions()).hasSizeGreaterThanOrEqualTo(23);
    for (String version : versions()) {
      assertThat(GoldenFiles.version(GoldenFiles.schema(version))).isEqualTo(version);
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void shouldReadEveryVersion(String version) throws IOException {
    // given
    byte[] golden = Files.readAllBytes(GoldenFiles.BYTES.resolve(version + ".avro"));
    Schema written = GoldenFiles.schema(version);

    // when
    SpecificRecord record = AvroSerde.<SpecificRecord>of(type(written)).decode(golden);

    // then
    Specimens.assertHolds(record, written);
    assertThat(record.getSchema()).isEqualTo(Specimens.schema(type(written)));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void shouldRefuseEveryVersionThatIsTornOrTooLong(String version) throws IOException {
    byte[] golden = Files.readAllBytes(GoldenFiles.BYTES.resolve(version + ".avro"));
    AvroSerde<SpecificRecord> serde = AvroSerde.of(type(GoldenFiles.schema(version)));
    for (int length : List.of(11, golden.length / 2, golden.length - 1)) {
      byte[] torn = ByteBuffer.allocate(length).put(golden, 0, length).array();
      assertThatThrownBy(() -> serde.decode(torn))
          .isInstanceOf(UndecodableRecordException.class)
          .hasMessageContaining("not a whole ");
    }
    byte[] longer = ByteBuffer.allocate(golden.length + 1).put(golden).array();
    assertThatThrownBy(() -> serde.decode(longer))
        .isInstanceOf(UndecodableRecordException.class)
        .hasMessageContaining("bytes left over");
  }

  @ParameterizedTest
  @MethodSource("types")
  void shouldStayReadableBothWaysWithEveryVersion(Class<? extends SpecificRecord> type) {
    Schema today = Specimens.schema(type);
    List<Schema> others =
        versions().stream()
            .map(GoldenFiles::schema)
            .filter(version -> version.getFullName().equals(today.getFullName()))
            .toList();
    assertThatCode(() -> EVERY_VERSION.validate(today, others))
        .as("every new field needs a default; an enum without one cannot grow")
        .doesNotThrowAnyException();
  }

  /** The check above finds what it is for. */
  @Test
  void shouldNotAllowAFieldWithoutADefault() {
    Schema version = new Schema.Parser().parse(record("{\"name\":\"a\",\"type\":\"int\"}"));
    String added = "{\"name\":\"a\",\"type\":\"int\"},{\"name\":\"b\",\"type\":\"int\"}";
    Schema today = new Schema.Parser().parse(record(added));
    assertThatThrownBy(() -> EVERY_VERSION.validate(today, List.of(version)))
        .isInstanceOf(SchemaValidationException.class);
    assertThatThrownBy(() -> EVERY_VERSION.validate(version, List.of(today)))
        .isInstanceOf(SchemaValidationException.class);
  }

  private static String record(String fields) {
    return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}";
  }

  private static Class<? extends SpecificRecord> type(Schema version) {
    return Specimens.TYPES.stream()
        .filter(type -> Specimens.schema(type).getFullName().equals(version.getFullName()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("record " + version.getName() + " is gone"));
  }
}
