package io.salient.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.salient.schemas.avro.ActivationBlock;
import io.salient.schemas.avro.CheckpointSaved;
import io.salient.schemas.avro.ClassProbe;
import io.salient.schemas.avro.DriftAlarm;
import io.salient.schemas.avro.EarlyWarning;
import io.salient.schemas.avro.ExtractionFailed;
import io.salient.schemas.avro.ExtractionStarted;
import io.salient.schemas.avro.NeuronClusters;
import io.salient.schemas.avro.NeuronDrift;
import io.salient.schemas.avro.ProbeEvaluation;
import io.salient.schemas.avro.ProbeReport;
import io.salient.schemas.avro.ReplicateRankings;
import io.salient.schemas.avro.RunStatus;
import io.salient.schemas.avro.SalientNeurons;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/** One record of each kind with every field filled, always the same. */
final class Specimens {
  /** Every record that stands on a topic. */
  static final List<Class<? extends SpecificRecord>> TYPES =
      List.of(
          CheckpointSaved.class,
          ExtractionStarted.class,
          ActivationBlock.class,
          ExtractionFailed.class,
          ClassProbe.class,
          ProbeReport.class,
          ReplicateRankings.class,
          ProbeEvaluation.class,
          SalientNeurons.class,
          NeuronDrift.class,
          DriftAlarm.class,
          EarlyWarning.class,
          NeuronClusters.class,
          RunStatus.class);

  private Specimens() {}

  /** The schema of a record. */
  static Schema schema(Class<? extends SpecificRecord> type) {
    return SpecificData.get().getSchema(type);
  }

  /** A record of the given kind: fields hold values made of their names. */
  static <T extends SpecificRecord> T of(Class<T> type) {
    AvroSerde.of(type); // makes Avro trust our classes
    Schema schema = schema(type);
    SpecificData model = new SpecificData(type.getClassLoader());
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      new GenericDatumWriter<Object>(schema).write(value(schema, "specimen"), encoder);
      return new SpecificDatumReader<T>(schema, schema, model)
          .read(null, DecoderFactory.get().binaryDecoder(out.toByteArray(), null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Asserts that a record holds the specimen of a version: its values where the version knew a
   * field, the default where it did not.
   */
  static void assertHolds(SpecificRecord record, Schema version) {
    assertHolds(record, record.getSchema(), value(version, "specimen"), version.getName());
  }

  private static void assertHolds(Object actual, Schema today, Object specimen, String path) {
    switch (specimen) {
      case GenericData.Record old -> assertFieldsHold((IndexedRecord) actual, today, old, path);
      case List<?> old -> {
        assertThat((List<?>) actual).as(path).hasSameSizeAs(old);
        for (int i = 0; i < old.size(); i++) {
          Object element = ((List<?>) actual).get(i);
          assertHolds(element, notNull(today.getElementType()), old.get(i), path + "[" + i + "]");
        }
      }
      case GenericData.EnumSymbol old -> assertThat(actual).as(path).hasToString(old.toString());
      case Long old when actual instanceof Instant time ->
          assertThat(time.toEpochMilli()).as(path).isEqualTo(old);
      default -> assertThat(actual).as(path).isEqualTo(specimen);
    }
  }

  private static void assertFieldsHold(
      IndexedRecord actual, Schema today, GenericData.Record old, String path) {
    assertThat(actual.getSchema()).as(path).isEqualTo(today);
    for (Schema.Field field : today.getFields()) {
      Object value = actual.get(field.pos());
      String name = path + "." + field.name();
      if (old.hasField(field.name())) {
        assertHolds(value, notNull(field.schema()), old.get(field.name()), name);
      } else {
        SpecificData model = new SpecificData(actual.getClass().getClassLoader());
        assertThat(value).as(name).isEqualTo(model.getDefaultValue(field));
      }
    }
  }

  private static Schema notNull(Schema schema) {
    return schema.isUnion() ? schema.getTypes().getLast() : schema;
  }

  private static Object value(Schema schema, String name) {
    return switch (schema.getType()) {
      case RECORD -> record(schema);
      case ENUM -> new GenericData.EnumSymbol(schema, schema.getEnumSymbols().getLast());
      case ARRAY ->
          List.of(
              value(schema.getElementType(), name + " 1"),
              value(schema.getElementType(), name + " 2"));
      case MAP -> Map.of("key", value(schema.getValueType(), name));
      case UNION -> value(schema.getTypes().getLast(), name);
      case STRING -> name + " \u00e9\u4e2d\ud83d\ude00";
      case BYTES -> ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8));
      case INT -> name.length() * 1_000;
      case LONG -> name.length() * 10_000_000_000L;
      case FLOAT -> name.length() / 64f;
      case DOUBLE -> name.length() / 10d;
      case BOOLEAN -> true;
      case FIXED, NULL -> throw new IllegalArgumentException("not used: " + schema);
    };
  }

  private static GenericData.Record record(Schema schema) {
    GenericData.Record record = new GenericData.Record(schema);
    schema
        .getFields()
        .forEach(field -> record.put(field.pos(), value(field.schema(), field.name())));
    return record;
  }
}
